import type { Announcement } from "../../model/announcement-facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReader } from "../format-reader.ts";
import { originOf, type Unreadable } from "../json-evidence.ts";
import { createAccount } from "../line-evidence.ts";
import { longestText } from "./announcement-text.ts";
import { readPart, textOfMessage } from "./mail-message.ts";
import { readMailTime } from "./mail-time.ts";
import { decodeHeader } from "./mime-text.ts";

/** The line before each message (RFC 4155): who sent it and when it was put into the mailbox. */
export const separator = /^From \S.*\d{4}\s*$/;

/**
 * Messages of a mailbox (mbox, RFC 4155, quoted as mboxrd). When a message arrived is what the last server wrote into
 * it; the sender's own date counts only where no server wrote any.
 */
export const readMailbox: FormatReader = (input) => {
  const account = createAccount();
  let message: { lines: string[]; origin: Origin } | null = null;
  const close = (): void => {
    if (message !== null) account.add(readMessage(message.lines, message.origin), message.origin);
    message = null;
  };
  let isAfterBlank = true;
  const first = input.reading?.firstLine ?? 1;
  for (const [index, line] of byteText(input).split("\n").entries()) {
    const bare = line.replace(/\r$/, "");
    if (isAfterBlank && separator.test(bare)) {
      close();
      message = { lines: [], origin: originOf(input, `line ${first + index}`) };
    } else if (message !== null) (message as { lines: string[] }).lines.push(bare.replace(/^>(>*From )/, "$1"));
    else if (bare.trim() !== "")
      account.add({ reason: "it stands before the first message" }, originOf(input, `line ${first + index}`));
    isAfterBlank = bare === "";
  }
  close();
  return account.total();
};

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
