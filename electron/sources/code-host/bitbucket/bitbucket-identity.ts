import { z } from "zod";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import type { WantedBranches } from "../../wanted-branches.ts";
import type { HostIdentity } from "../walk/host-plan.ts";
import { askBranch, askIfAllowed, encryptionNotes } from "../walk/identity.ts";

const User = z.object({
  nickname: z.string().optional(),
  username: z.string().optional(),
  account_id: z.string().optional(),
});
const Repository = z.object({ full_name: z.string() });

/** @param repository the path of the repository, `repositories/WORKSPACE/SLUG` */
export async function askBitbucketIdentity(
  client: JsonClient,
  repository: string,
  branches: WantedBranches,
): Promise<HostIdentity> {
  const user = await askIfAllowed(client, "user");
  const found = await client.get(repository);
  const { full_name: name } = parseAnswer(Repository, found);
  const onBranch = await askBranch(client, (branch) => `${repository}/refs/branches/${branch}`, name, branches);
  const { nickname, username, account_id: id } = user === null ? {} : parseAnswer(User, user);
  const scopes = found.headers.get("x-oauth-scopes");
  const silent =
    user === null ? ["Bitbucket does not tell whom the token belongs to; it is that of a repository."] : [];
  return {
    identity: nickname ?? username ?? id ?? "",
    access: `token scopes: ${scopes ?? "not told"}`,
    canWrite: scopes === null ? null : /write|admin|delete/.test(scopes),
    notes: [...silent, ...encryptionNotes(client)],
    answers: [user, found, onBranch].filter((answer): answer is JsonAnswer => answer !== null),
  };
}
