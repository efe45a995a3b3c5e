import { z } from "zod";
import type { SourceOf } from "../../../../shared/model/source.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { createJsonListClient } from "../../list-pull/json-list-client.ts";
import type { Question } from "../../list-pull/list-cursor.ts";
import { createListDriver } from "../../list-pull/list-driver.ts";
import type { Identity, ListClient, ListTool } from "../../list-pull/list-tool.ts";
import { askRetention, isAboutRetention, readRetention } from "./retention-questions.ts";

const perPage = 100;
const Project = z.object({ Id: z.string(), LifecycleId: z.string().nullish() });
const Count = z.int().nonnegative();
const Text = z.string().nullish();
const Page = z.object({
  Items: z.array(
    z.object({
      Id: z.string(),
      EnvironmentId: Text,
      ReleaseId: Text,
      TaskId: Text,
      DeployedById: Text,
      ResponsibleUserId: Text,
      RelatedDocumentIds: z.array(z.string()).nullish(),
    }),
  ),
  TotalResults: Count,
});
type Page = z.infer<typeof Page>;
const Referred = z.object({
  Items: z.array(
    z.object({
      Id: z.string(),
      Name: Text,
      Version: Text,
      Username: Text,
      State: Text,
      CompletedTime: Text,
      BuildInformation: z.array(z.object({ VcsCommitNumber: Text })).nullish(),
    }),
  ),
});
const User = z.object({ Id: z.string(), Username: z.string(), DisplayName: Text });
const Permissions = z.object({ SpacePermissions: z.record(z.string(), z.unknown()).nullish() });

/** Deployments of an Octopus project, with the answers that people gave to their manual steps. */
export const octopusTool: ListTool<"octopus"> = {
  kind: "octopus",
  name: "Octopus Deploy",
  other: "deployment-tool.other",
  connect(source, context, limits, onWait) {
    const headers = { "x-octopus-apikey": context.readSecret(source.token) };
    return createJsonListClient(source, headers, context, limits, onWait);
  },
  identify,
  begin: (source) => [
    {
      list: "project",
      path: `api/${source.space}/projects/${encodeURIComponent(source.deployProject)}`,
      query: {},
      format: "deployment-tool.other",
      memo: {},
    },
  ],
  read(question, answer, source, context) {
    if (question.list === "project") {
      const { Id: project, LifecycleId } = parseAnswer(Project, answer);
      const lists = ["deployments", "interruptions"] as const;
      const details = lists.map((list) => ({ list, key: "", question: page(source, list, project, 0) }));
      const environments = askRetention(source, project, LifecycleId ?? "");
      return { keys: [project], details: [{ list: "", key: "", question: environments }, ...details] };
    }
    if (isAboutRetention(question.list)) return readRetention(question, answer, source, context);
    const { Items, TotalResults } = parseAnswer(Page, answer);
    const list = question.list === "deployments" ? "deployments" : "interruptions";
    const read = Number(question.memo.skip ?? 0) + Items.length;
    // The next page begins with this one's last row, so that rows that moved up between the two are noticed.
    const next = page(source, list, String(question.memo.project), read - 1, Items.at(-1)?.Id);
    return {
      keys: Items.map(({ Id }) => Id),
      total: TotalResults,
      ...(Items.length > 1 && read < TotalResults ? { next } : {}),
      companions: companionsOf(source, Items),
      reading: (companions) => ({ names: namesIn(companions) }),
    };
  },
  describe: (source) => ({
    endpoint: `Octopus Deploy at ${source.apiUrl}, ${source.space}`,
    query: `All deployments and interruptions of the project ${source.deployProject}`,
  }),
  covers: ({ repository }, { refused }) =>
    refused.some(isAboutRetention)
      ? []
      : [
          { kind: "deployments", scope: repository, restsOn: ["deployments"] },
          { kind: "gates", scope: repository, restsOn: ["deployments", "interruptions"] },
        ],
  remarks: [
    "Octopus lists only what the account may see: its teams must not be narrowed to single environments or tenants.",
    "Runs of runbooks are no deployments, and were not pulled; deployments to several tenants of an environment follow each other as if they were one place.",
    "How long releases are kept is told by the policies of today; what earlier ones removed is gone without a trace.",
  ],
};

export const octopusDriver = createListDriver(octopusTool);

/** The whole list, of whatever time: Octopus filters it by no date, and so its total can be held against it. */
function page(
  source: SourceOf<"octopus">,
  list: "deployments" | "interruptions",
  project: string,
  skip: number,
  anchor?: string,
): Question {
  const of = list === "deployments" ? { projects: project } : { regarding: project };
  return {
    list,
    path: `api/${source.space}/${list}`,
    query: { ...of, skip, take: perPage },
    format: `octopus.${list}`,
    memo: { project, skip },
    ...(anchor === undefined ? {} : { anchor }),
  };
}

/** What a page's deployments refer to by id only: environments, releases, tasks and users. */
function companionsOf(source: SourceOf<"octopus">, items: Page["Items"]): Question[] {
  const ids = items.flatMap((item) => [
    item.EnvironmentId ?? "",
    item.ReleaseId ?? "",
    item.TaskId ?? "",
    item.DeployedById ?? "",
    item.ResponsibleUserId ?? "",
    ...(item.RelatedDocumentIds ?? []),
  ]);
  const lists = [
    ["Environments-", `api/${source.space}/environments`],
    ["Releases-", `api/${source.space}/releases`],
    ["ServerTasks-", `api/${source.space}/tasks`],
    ["Users-", "api/users"],
  ] as const;
  return lists.flatMap(([prefix, path]) => {
    const wanted = [...new Set(ids)].filter((id) => id.startsWith(prefix)).sort();
    return Array.from({ length: Math.ceil(wanted.length / perPage) }, (_, index): Question => {
      const part = wanted.slice(index * perPage, (index + 1) * perPage);
      const query = { ids: part.join(","), take: perPage };
      return { list: prefix, path, query, format: "deployment-tool.other", memo: {} };
    });
  });
}

function namesIn(companions: readonly JsonAnswer[]): Record<string, string> {
  const names: Record<string, string> = {};
  for (const companion of companions) {
    for (const item of parseAnswer(Referred, companion).Items) {
      names[item.Id] = item.Version ?? item.State ?? item.Username ?? item.Name ?? "";
      // Packages of a release may come from several repositories, and then nothing says which commit is meant.
      const commits = new Set(item.BuildInformation?.flatMap((build) => build.VcsCommitNumber || []));
      const [commit] = commits;
      if (commit && commits.size === 1) names[`${item.Id}/commit`] = commit;
      if (item.CompletedTime) names[`${item.Id}/completed`] = item.CompletedTime;
    }
  }
  return names;
}

async function identify(client: ListClient): Promise<Identity> {
  const answer = await client.ask({ path: "api/users/me", query: {} });
  const { Id, Username, DisplayName } = parseAnswer(User, answer);
  const rights = await client.ask({ path: `api/users/${encodeURIComponent(Id)}/permissions`, query: {} });
  const granted = Object.keys(parseAnswer(Permissions, rights).SpacePermissions ?? {});
  const writing = granted.filter((name) => /(Create|Edit|Delete|Submit|Cancel|Push|Administer)$/.test(name));
  return {
    account: Id,
    identity: DisplayName ? `${DisplayName} (${Username})` : Username,
    access: `rights that change something: ${writing.join(", ") || "none"}`,
    canWrite: writing.length > 0,
    notes: [],
    answers: [answer, rights],
  };
}
