import { z } from "zod";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import type { WantedBranches } from "../../wanted-branches.ts";
import type { HostIdentity } from "../walk/host-plan.ts";
import { askIfAllowed, encryptionNotes, unknownBranch } from "../walk/identity.ts";

const Connection = z.object({
  authenticatedUser: z.object({
    providerDisplayName: z.string().optional(),
    properties: z.object({ Account: z.object({ $value: z.string() }).optional() }).optional(),
  }),
});
const Repository = z.object({ id: z.string(), name: z.string(), project: z.object({ id: z.string() }) });
const Refs = z.object({ value: z.array(z.object({ name: z.string() })) });
const Granted = z.object({ value: z.array(z.boolean()) });

/** Security namespace of Git repositories, and its bit "Contribute" (Azure DevOps: "Security namespace reference"). */
const gitNamespace = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";
const contribute = 4;

/** @param repository the path of the repository, `PROJECT/_apis/git/repositories/NAME` */
export async function askAzureIdentity(
  client: JsonClient,
  repository: string,
  branches: WantedBranches,
  version: Record<string, string>,
): Promise<HostIdentity & { readonly repositoryId: string }> {
  const connection = await client.get("_apis/connectionData");
  const found = await client.get(repository, version);
  const { id, name, project } = parseAnswer(Repository, found);
  const { only: branch } = branches;
  const refs =
    branch === null ? null : await client.get(`${repository}/refs`, { ...version, filter: `heads/${branch}` });
  if (refs !== null && !parseAnswer(Refs, refs).value.some((ref) => ref.name === `refs/heads/${branch}`))
    throw unknownBranch(name, branch ?? "");
  const rights = await askIfAllowed(client, `_apis/permissions/${gitNamespace}/${contribute}`, {
    ...version,
    tokens: `repoV2/${project.id}/${id}`,
  });
  const canWrite = rights === null ? null : (parseAnswer(Granted, rights).value[0] ?? null);
  const { authenticatedUser: user } = parseAnswer(Connection, connection);
  return {
    identity: user.properties?.Account?.$value ?? user.providerDisplayName ?? "",
    access: `right to contribute to the repository: ${canWrite === null ? "not told" : canWrite ? "yes" : "no"}`,
    canWrite,
    notes: ["Azure DevOps does not tell the scopes of a personal access token.", ...encryptionNotes(client)],
    repositoryId: id,
    answers: [connection, found, refs, rights].filter((answer): answer is JsonAnswer => answer !== null),
  };
}
