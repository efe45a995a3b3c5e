import { type HostElementReader, requestIn, shaped } from "../code-host/host-pages.ts";
import { CommentShape } from "./github-shapes.ts";

/** A comment in a request's discussion or on a line of its code. The same list of GitHub's has those of issues. */
export const commentReader: HostElementReader = ({ repository, request }) =>
  shaped(CommentShape, (comment, _element, origin) => {
    if (comment.pull_request_url === "" && /\/issues\/\d+#/.test(comment.html_url)) return [];
    const named = requestIn(comment.pull_request_url || comment.html_url, "/pulls?");
    if (named === 0 && request === 0)
      return { reason: "neither the comment nor the record's name says which request this is" };
    return [
      {
        kind: "request-comment",
        origin,
        repository,
        request: named || request,
        id: String(comment.id),
        by: comment.user.login,
        at: comment.created_at,
        path: comment.path,
        text: comment.body,
        // REST does not tell whether a conversation was resolved.
        resolved: null,
      },
    ];
  });
