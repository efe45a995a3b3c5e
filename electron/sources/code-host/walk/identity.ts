import { faultOf, TickmarkError } from "../../../../shared/errors.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { JsonClient, Query } from "../../http/json-client.ts";
import { isUnencrypted } from "../../http/public-url.ts";
import type { WantedBranches } from "../../wanted-branches.ts";

/** An answer, or null where the host keeps it to itself: some tokens may not ask who they are. */
export async function askIfAllowed(client: JsonClient, path: string, query?: Query): Promise<JsonAnswer | null> {
  try {
    return await client.get(path, query);
  } catch (thrown) {
    const { code } = faultOf(thrown);
    if (code === "http-forbidden" || code === "http-not-found") return null;
    throw thrown;
  }
}

/**
 * An unknown branch would look like a repository without a single request: an empty list must not pass for that. Which
 * branches fit a pattern is seen in the requests, so then nothing is asked.
 * @param pathOf of a branch whose name is encoded
 */
export async function askBranch(
  client: JsonClient,
  pathOf: (name: string) => string,
  project: string,
  { only: branch }: WantedBranches,
): Promise<JsonAnswer | null> {
  if (branch === null) return null;
  try {
    return await client.get(pathOf(encodeURIComponent(branch)));
  } catch (thrown) {
    if (faultOf(thrown).code !== "http-not-found") throw thrown;
    throw unknownBranch(project, branch, thrown);
  }
}

export function unknownBranch(project: string, branch: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "source-invalid",
    `${project} has no branch "${branch}", so no request can have been merged into it.`,
    "Give the release branch as the host names it.",
    { cause },
  );
}

export function encryptionNotes({ baseUrl }: JsonClient): string[] {
  if (!isUnencrypted(baseUrl)) return [];
  return [`The answers of ${baseUrl.host} came without encryption, so they could have been changed on the way.`];
}
