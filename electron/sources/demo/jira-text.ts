/** Text in the Atlassian Document Format, as Jira Cloud's REST v3 gives descriptions and comments. */
export interface JiraDocument {
  readonly type: "doc";
  readonly version: 1;
  readonly content: readonly JiraNode[];
}

export type JiraNode =
  | { readonly type: "paragraph"; readonly content: readonly JiraNode[] }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "inlineCard"; readonly attrs: { readonly url: string } };

/** One paragraph for each text; an address becomes a link card, as it does when somebody pastes one. */
export function jiraDocument(...paragraphs: readonly string[]): JiraDocument {
  return {
    type: "doc",
    version: 1,
    content: paragraphs.map((text) => ({ type: "paragraph", content: nodesOf(text) })),
  };
}

function nodesOf(text: string): JiraNode[] {
  return text
    .split(/(https:\/\/\S+)/)
    .filter((part) => part !== "")
    .map((part) =>
      part.startsWith("https://") ? { type: "inlineCard", attrs: { url: part } } : { type: "text", text: part },
    );
}
