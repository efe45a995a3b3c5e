/** Ends a line in the text: nodes of Jira Cloud's documents that stand below each other. */
const blocks = new Set([
  "paragraph",
  "heading",
  "listItem",
  "codeBlock",
  "blockquote",
  "tableRow",
  "hardBreak",
  "rule",
]);

/**
 * A field's text: Jira Server and exports write it plainly, Jira Cloud as a tree of nodes (Atlassian Document Format),
 * of which the words, mentions and addresses are taken. Without recursion, since a stranger decides how deep it goes.
 */
export function plainText(written: unknown): string {
  if (typeof written === "string") return written;
  let text = "";
  const pending: unknown[] = [written];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node === "string") {
      text += node;
      continue;
    }
    if (typeof node !== "object" || node === null) continue;
    const { type, text: own, content, attrs, marks } = node as Record<string, unknown>;
    if (typeof own === "string") text += own;
    if (marks !== undefined) text += addressIn(marks);
    if (attrs !== undefined) text += wordsOf(attrs);
    if (typeof type === "string" && blocks.has(type)) pending.push("\n");
    if (Array.isArray(content)) for (let at = content.length - 1; at >= 0; at -= 1) pending.push(content[at]);
  }
  return text.replace(/\n{2,}/g, "\n").trim();
}

/** A mention's name, or the address of a card: what stands in place of a text. */
function wordsOf(attrs: unknown): string {
  if (typeof attrs !== "object" || attrs === null) return "";
  const { text, url } = attrs as Record<string, unknown>;
  if (typeof text === "string") return text;
  return typeof url === "string" ? url : "";
}

function addressIn(marks: unknown): string {
  if (!Array.isArray(marks)) return "";
  const link = marks.find((mark) => typeof mark === "object" && mark !== null && mark.type === "link");
  const href: unknown = link?.attrs?.href;
  return typeof href === "string" ? ` (${href})` : "";
}
