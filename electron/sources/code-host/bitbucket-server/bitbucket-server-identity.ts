import { z } from "zod";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import type { WantedBranches } from "../../wanted-branches.ts";
import type { HostIdentity } from "../walk/host-plan.ts";
import { encryptionNotes, unknownBranch } from "../walk/identity.ts";

const Properties = z.object({ version: z.string(), displayName: z.string().optional() });
const Page = z.object({ values: z.array(z.object({ displayId: z.string().optional(), slug: z.string().optional() })) });

/** @param repository the path of the repository, `rest/api/1.0/projects/KEY/repos/SLUG` */
export async function askBitbucketServerIdentity(
  client: JsonClient,
  repository: string,
  project: string,
  wanted: WantedBranches,
): Promise<HostIdentity> {
  const properties = await client.get("rest/api/1.0/application-properties");
  const found = await client.get(repository);
  const branches = await askBranches(client, repository, project, wanted);
  const [key = "", slug = ""] = project.split("/");
  // The list of repositories can be cut to those on which the account has a right: that is how the server tells it.
  const writable = await client.get("rest/api/1.0/repos", { projectkey: key, name: slug, permission: "REPO_WRITE" });
  const canWrite = parseAnswer(Page, writable).values.some((other) => other.slug === slug);
  const { version, displayName = "Bitbucket" } = parseAnswer(Properties, properties);
  return {
    identity: decodeURIComponent(found.headers.get("x-ausername") ?? ""),
    access: `rights on the repository: ${canWrite ? "read, write" : "read"}; ${displayName} ${version}`,
    canWrite,
    notes: encryptionNotes(client),
    answers: [properties, found, branches, writable].filter((answer): answer is JsonAnswer => answer !== null),
  };
}

async function askBranches(
  client: JsonClient,
  repository: string,
  project: string,
  { only: branch }: WantedBranches,
): Promise<JsonAnswer | null> {
  if (branch === null) return null;
  const branches = await client.get(`${repository}/branches`, { filterText: branch, limit: 1000 });
  if (parseAnswer(Page, branches).values.some(({ displayId }) => displayId === branch)) return branches;
  throw unknownBranch(project, branch);
}
