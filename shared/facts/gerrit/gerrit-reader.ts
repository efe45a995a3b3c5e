import { z } from "zod";
import type { Fact } from "../../model/facts.ts";
import type { codeHostFormats } from "../../model/formats/code-host-formats.ts";
import { type HostElementReader, readOne, readPage, shaped } from "../code-host/host-pages.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { changeReader } from "./change-reader.ts";
import { CommentShape, RequirementShape } from "./gerrit-shapes.ts";

type GerritFormat = Extract<(typeof codeHostFormats)[number], `gerrit.${string}`>;

/** Gerrit puts these before its JSON, against its use in a script. */
const prefix = ")]}'";

/** Readers of the answers of Gerrit's REST API. Times are Gerrit's own. */
export const gerritReaders: FormatReaders<GerritFormat> = {
  "gerrit.changes": readPage(changeReader, null, { prefix }),
  "gerrit.change": readOne(changeReader, { prefix }),
  "gerrit.comments": readOne(commentsReader, { prefix, words: "changes/[^/]*" }),
  "gerrit.submit-requirements": readPage(requirementReader, null, { prefix }),
  "gerrit.other": readNothing,
};

/** Comments by the path that they are on; those on the change as a whole are under a path that starts with a slash. */
function commentsReader({ repository, request }: Parameters<HostElementReader>[0]) {
  return shaped(z.record(z.string(), z.array(CommentShape)), (byPath, _element, origin): readonly Fact[] =>
    Object.entries(byPath).flatMap(([path, comments]) =>
      comments.map(
        (comment): Fact => ({
          kind: "request-comment",
          origin,
          repository,
          request,
          id: comment.id,
          by: comment.author.login,
          at: comment.updated,
          path: path.startsWith("/") ? "" : path,
          text: comment.message,
          resolved: comment.unresolved === undefined ? null : !comment.unresolved,
        }),
      ),
    ),
  );
}

function requirementReader({ repository }: Parameters<HostElementReader>[0]) {
  return shaped(RequirementShape, ({ name, submittability_expression: expression }, _element, origin) => [
    {
      kind: "approval-rule",
      origin,
      repository,
      request: 0,
      name: `${name}: ${expression}`,
      // Votes do not add up in Gerrit: one highest vote is what such a rule asks for.
      requiredApprovals: /label:Code-Review=(MAX|\+?2)/.test(expression) ? 1 : 0,
      eligible: [],
    },
  ]);
}
