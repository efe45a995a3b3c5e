import type { Unread } from "../../model/facts.ts";
import { parseInstant } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { TicketComment } from "../../model/ticket-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, whyNot } from "../json-evidence.ts";
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
  for (let index = 0; index < comments.length; index += 1) {
    const origin = originOf(input, placeOf(index));
    const read = readComment(key, comments[index], origin);
    if (typeof read === "string") unread.push({ origin, reason: `comment: ${read}` });
    else facts.push(read);
  }
  return { facts, unread };
}

/** @returns why it cannot be read, where it cannot */
function readComment(key: string, comment: unknown, origin: Origin): TicketComment | string {
  if (!CommentShape.validate(comment)) return whyNot(CommentShape, comment);
  const { id, author, body } = comment;
  const at = parseInstant(comment.created);
  if (at === null) return `created: ${notATime}`;
  const text = plainText(body);
  return { kind: "ticket-comment", origin, key, id: id || `${key}/${at}`, at, by: nameOf(author), text };
}
