import type { Announcement } from "../../model/announcement-facts.ts";
import type { Origin } from "../../model/origin.ts";
import { readBlocks } from "../block-evidence.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReader } from "../format-reader.ts";
import type { Unreadable } from "../json-evidence.ts";
import { longestText } from "./announcement-text.ts";
import { readPart, textOfMessage } from "./mail-message.ts";
import { readMailTime } from "./mail-time.ts";
import { decodeHeader } from "./mime-text.ts";

/** The line before each message (RFC 4155): who sent it and when it was put into the mailbox. */
const separator = /^From \S.*\d{4}\s*$/;

/**
 * Messages of a mailbox (mbox, RFC 4155, quoted as mboxrd). When a message arrived is what the last server wrote into
 * it; the sender's own date counts only where no server wrote any.
 */
export const readMailbox: FormatReader = (input) =>
  readBlocks(
    input,
    byteText(input),
    // A part of a large mailbox begins with a message; inside of it, a blank line stands before each (RFC 4155).
    (line, before) => (before === null || before === "") && separator.test(line),
    ([, ...lines], origin) => readMessage(lines.map(unquoted), origin),
  );

/** mboxrd: what looks like a message's first line, inside of one, was written with `>` in front. */
function unquoted(line: string): string {
  return line.replace(/^>(>*From )/, "$1");
}

function readMessage(lines: readonly string[], origin: Origin): readonly Announcement[] | Unreadable {
  const part = readPart(lines.join("\n"));
  const header = (name: string) => part.headers.get(name) ?? "";
  const received = readMailTime(header("received").split(";").at(-1) ?? "");
  const at = received ?? readMailTime(header("date"));
  if (at === null) return { reason: "neither a server nor its sender wrote a date that can be read" };
  const subject = decodeHeader(header("subject"));
  const announcement: Announcement = {
    kind: "announcement",
    origin,
    id: header("message-id") || origin.place,
    medium: "mail",
    channel: channelOf(header("list-id"), header("list-post"), header("to")),
    at,
    by: addressIn(decodeHeader(header("from"))),
    text: [subject, textOfMessage(part)].filter(Boolean).join("\n\n").slice(0, longestText),
  };
  return [announcement];
}

/** The list's address where the message came over a list, else whom it was sent to. */
function channelOf(listId: string, listPost: string, to: string): string {
  const post = /<mailto:([^>?]+)/.exec(listPost)?.[1];
  if (post !== undefined) return post.toLowerCase();
  const id = /<([^>]+)>/.exec(listId)?.[1];
  if (id !== undefined) return id.toLowerCase();
  return addressIn(decodeHeader(to));
}

/** The first address in a header: `Ada <ada@example.org>` is ada@example.org. */
function addressIn(value: string): string {
  const address = /<([^<>\s]+@[^<>\s]+)>/.exec(value)?.[1] ?? /[^\s,;<>"]+@[^\s,;<>"]+/.exec(value)?.[0];
  return (address ?? value).slice(0, 500).toLowerCase();
}

/** Each byte as a character: a mailbox has as many encodings as it has messages. */
function byteText({ bytes }: EvidenceInput): string {
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) chunks.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return chunks.join("");
}
