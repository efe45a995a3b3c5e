import { decodeBody } from "./mime-text.ts";

/** A message or a part of one. Each character of its texts is one byte. */
export interface MailPart {
  /** By name in lower case; of several with one name the first, which is the newest for `received`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const deepest = 20;
const mostParts = 1000;

/** Headers and body (RFC 5322, section 2.1), folded lines joined. */
export function readPart(text: string): MailPart {
  const end = /\r?\n\r?\n/.exec(text);
  const head = /^\r?\n/.test(text) ? "" : text.slice(0, end?.index ?? text.length);
  const body = head === "" ? text.replace(/^\r?\n/, "") : end === null ? "" : text.slice(end.index + end[0].length);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const [, name = "", value = ""] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key !== "" && !headers.has(key)) headers.set(key, value.trim());
  }
  return { headers, body };
}

/** The first text that people read: `text/plain`, else `text/html` without its tags. Attachments are left out. */
export function textOfMessage(message: MailPart): string {
  const texts: { type: string; text: string }[] = [];
  collect(message, texts, 0);
  const plain = texts.find(({ type }) => type === "text/plain");
  const html = texts.find(({ type }) => type === "text/html");
  return (plain?.text ?? withoutTags(html?.text ?? "")).trim();
}

function collect(part: MailPart, texts: { type: string; text: string }[], depth: number): void {
  if (depth > deepest || texts.length > mostParts) return;
  const written = part.headers.get("content-type") ?? "text/plain";
  const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(written)?.[1]?.toLowerCase() ?? "text/plain";
  if (type.startsWith("multipart/")) {
    for (const inner of partsOf(part.body, parameter(written, "boundary"))) collect(readPart(inner), texts, depth + 1);
  } else if (type.startsWith("text/") && !/^\s*attachment/i.test(part.headers.get("content-disposition") ?? "")) {
    const encoding = part.headers.get("content-transfer-encoding") ?? "";
    texts.push({ type, text: decodeBody(part.body, encoding, parameter(written, "charset")) });
  }
}

/** Bodies between the boundaries (RFC 2046, section 5.1). */
function partsOf(body: string, boundary: string): string[] {
  if (boundary === "") return [];
  const parts: string[] = [];
  let part: string[] | null = null;
  for (const line of body.split(/\r?\n/)) {
    const bare = line.trimEnd();
    if (bare === `--${boundary}` || bare === `--${boundary}--`) {
      if (part !== null) parts.push(part.join("\n"));
      part = bare.endsWith(`${boundary}--`) ? null : [];
      if (parts.length > mostParts) break;
    } else part?.push(line);
  }
  if (part !== null) parts.push(part.join("\n"));
  return parts;
}

function parameter(header: string, name: string): string {
  const [, quoted, bare] = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, "i").exec(header) ?? [];
  return quoted ?? bare ?? "";
}

function withoutTags(html: string): string {
  return html
    .replace(/<(script|style)\b[^>]*>[\s\S]*?(?:<\/\1>|$)/gi, "")
    .replace(/<(?:br|\/p|\/div|\/li|\/tr)\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}
