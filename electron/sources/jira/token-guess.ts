const searched = 4096;
// Quotes inside of texts are escaped, so this stands in no text of a ticket.
const written = /"nextPageToken"\s*:\s*"([^"\\]+)"/g;

/**
 * The token of the next page, as the end of a page of Jira Cloud seems to name it. Only the page that was read says what
 * its token is: this serves to ask ahead, and for nothing else.
 */
export function guessToken(page: Uint8Array): string | null {
  const end = Buffer.from(page.subarray(-searched)).toString("utf-8");
  return [...end.matchAll(written)].at(-1)?.[1] ?? null;
}
