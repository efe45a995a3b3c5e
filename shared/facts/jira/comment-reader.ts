import type { Unread } from "../../model/facts.ts";
import { parseInstant } from "../../model/instant.ts";
import type { TicketComment } from "../../model/ticket-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseShape } from "../json-evidence.ts";
import { CommentShape, nameOf, notATime } from "./jira-shapes.ts";
import { plainText } from "./rich-text.ts";

/** Comments of a ticket in their order. @param placeOf where one stands in the record */
export function readComments(
  input: EvidenceInput,
  key: string,
  comments: readonly unknown[],
  placeOf: (index: number) => string,
): { readonly facts: TicketComment[]; readonly unread: Unread[] } {
  const facts: TicketComment[] = [];
  const unread: Unread[] = [];
  for (const [index, comment] of comments.entries()) {
    const origin = originOf(input, placeOf(index));
    const parsed = parseShape(CommentShape, comment);
    const at = "reason" in parsed ? null : parseInstant(parsed.data.created);
    if ("reason" in parsed || at === null) {
      const reason = "reason" in parsed ? parsed.reason : `created: ${notATime}`;
      unread.push({ origin, reason: `comment: ${reason}` });
      continue;
    }
    const { id, author, body } = parsed.data;
    const by = nameOf(author);
    facts.push({ kind: "ticket-comment", origin, key, id: id || `${key}/${at}`, at, by, text: plainText(body) });
  }
  return { facts, unread };
}
