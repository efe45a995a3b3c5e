import { z } from "zod";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import type { WantedBranches } from "../../wanted-branches.ts";
import type { HostIdentity } from "../walk/host-plan.ts";
import { askBranch, askIfAllowed, encryptionNotes } from "../walk/identity.ts";

const Self = z.object({ username: z.string().optional(), email: z.string().optional(), _account_id: z.number().int() });
const Access = z.object({ is_owner: z.boolean().optional(), can_upload: z.boolean().optional() });

/** @param project the path of the project, `a/projects/NAME` */
export async function askGerritIdentity(
  client: JsonClient,
  project: string,
  name: string,
  branches: WantedBranches,
): Promise<HostIdentity> {
  const self = await client.get("a/accounts/self");
  const found = await client.get(project);
  const onBranch = await askBranch(client, (branch) => `${project}/branches/${branch}`, name, branches);
  const rights = await askIfAllowed(client, `${project}/access`);
  const { username, email, _account_id: id } = parseAnswer(Self, self);
  const { is_owner: owner = false, can_upload: upload = false } = rights === null ? {} : parseAnswer(Access, rights);
  const granted = [owner ? "owner" : "", upload ? "push for review" : ""].filter((right) => right !== "").join(", ");
  return {
    identity: username ?? email ?? String(id),
    access: `rights on the project: ${rights === null ? "not told" : granted || "read"}`,
    canWrite: rights === null ? null : owner || upload,
    notes: encryptionNotes(client),
    answers: [self, found, onBranch, rights].filter((answer): answer is JsonAnswer => answer !== null),
  };
}
