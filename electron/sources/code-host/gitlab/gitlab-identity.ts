import { z } from "zod";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import type { WantedBranches } from "../../wanted-branches.ts";
import type { HostIdentity } from "../walk/host-plan.ts";
import { askBranch, askIfAllowed, encryptionNotes } from "../walk/identity.ts";

const User = z.object({ username: z.string() });
const Token = z.object({ name: z.string().optional(), scopes: z.array(z.string()) });
const Access = z.object({ access_level: z.number().int() }).nullish();
const Project = z.object({
  path_with_namespace: z.string(),
  permissions: z.object({ project_access: Access, group_access: Access }).optional(),
});

/** Scopes with which a token can change something (GitLab: "Personal access token scopes"). */
const writing = /^(api|write_\w+|sudo|admin_mode|create_runner|manage_runner|k8s_proxy)$/;
/** From Developer on a member can push. */
const developer = 30;

/** @param project the path below the API's address, `projects/group%2Fname` */
export async function askGitlabIdentity(
  client: JsonClient,
  project: string,
  branches: WantedBranches,
): Promise<HostIdentity> {
  const user = await client.get("user");
  const token = await askIfAllowed(client, "personal_access_tokens/self");
  const found = await client.get(project);
  const { path_with_namespace: path, permissions } = parseAnswer(Project, found);
  const onBranch = await askBranch(client, (name) => `${project}/repository/branches/${name}`, path, branches);
  const scopes = token === null ? null : parseAnswer(Token, token).scopes;
  const level = Math.max(permissions?.project_access?.access_level ?? 0, permissions?.group_access?.access_level ?? 0);
  const answers = [user, token, found, onBranch].filter((answer): answer is JsonAnswer => answer !== null);
  const known = permissions === undefined ? "not told" : String(level);
  return {
    identity: parseAnswer(User, user).username,
    access: `token scopes: ${scopes?.join(", ") ?? "not told"}; access level on the project: ${known}`,
    canWrite: canWrite(scopes, permissions === undefined ? null : level),
    notes: encryptionNotes(client),
    answers,
  };
}

function canWrite(scopes: readonly string[] | null, level: number | null): boolean | null {
  if (scopes !== null && !scopes.some((scope) => writing.test(scope))) return false;
  if (level === null) return null;
  return level >= developer;
}
