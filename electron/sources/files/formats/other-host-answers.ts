import { z } from "zod";
import type { FileFormat } from "../file-format.ts";
import { hostAnswer } from "./host-answer.ts";

const Any = z.unknown();
const Text = z.string();

const Cloud = z.object({ id: z.int(), destination: z.object({ branch: Any }), source: z.object({ branch: Any }) });
const CloudActivity = z.union([
  z.object({ update: Any, pull_request: Any }),
  z.object({ approval: Any, pull_request: Any }),
  z.object({ comment: Any, pull_request: Any }),
]);
const Server = z.object({
  id: z.int(),
  fromRef: z.object({ latestCommit: Text }),
  toRef: z.object({ displayId: Text }),
});
const ServerActivity = z.object({ action: Text, createdDate: z.number(), user: Any });
const Azure = z.object({ pullRequestId: z.int(), sourceRefName: Text, targetRefName: Text });
const AzureThread = z.object({ publishedDate: Text, comments: z.array(Any) });
const AzureIteration = z.object({ sourceRefCommit: Any, targetRefCommit: Any });
const Change = z.object({ _number: z.int(), change_id: Text, branch: Text });

/** Recorded answers of Bitbucket, Azure DevOps and Gerrit, one a file. */
export const otherHostAnswers: readonly FileFormat[] = [
  hostAnswer({
    format: "bitbucket.pull-requests",
    what: "pull requests of Bitbucket Cloud",
    member: "values",
    names: "source and destination",
    row: Cloud,
  }),
  hostAnswer({
    format: "bitbucket.pull-request",
    what: "pull requests of Bitbucket Cloud",
    member: null,
    names: "source and destination",
    row: Cloud,
  }),
  hostAnswer({
    format: "bitbucket.activity",
    what: "entries of a pull request's activity on Bitbucket Cloud",
    member: "values",
    names: "pull_request with update, approval or comment",
    row: CloudActivity,
    named: /pullrequests[/_-]\d+/,
  }),
  hostAnswer({
    format: "bitbucket-server.pull-requests",
    what: "pull requests of Bitbucket Data Center",
    member: "values",
    names: "fromRef and toRef",
    row: Server,
  }),
  hostAnswer({
    format: "bitbucket-server.pull-request",
    what: "pull requests of Bitbucket Data Center",
    member: null,
    names: "fromRef and toRef",
    row: Server,
  }),
  hostAnswer({
    format: "bitbucket-server.activities",
    what: "activities on a pull request of Bitbucket Data Center",
    member: "values",
    names: "action, createdDate and user",
    row: ServerActivity,
    named: /pull-requests[/_-]\d+/,
  }),
  hostAnswer({
    format: "azure-repos.pull-requests",
    what: "pull requests of Azure DevOps",
    member: "value",
    names: "pullRequestId, sourceRefName and targetRefName",
    row: Azure,
  }),
  hostAnswer({
    format: "azure-repos.pull-request",
    what: "pull requests of Azure DevOps",
    member: null,
    names: "pullRequestId, sourceRefName and targetRefName",
    row: Azure,
  }),
  hostAnswer({
    format: "azure-repos.threads",
    what: "threads of a pull request of Azure DevOps",
    member: "value",
    names: "publishedDate and comments",
    row: AzureThread,
    named: /pullrequests[/_-]\d+/i,
  }),
  hostAnswer({
    format: "azure-repos.iterations",
    what: "iterations of a pull request of Azure DevOps",
    member: "value",
    names: "sourceRefCommit and targetRefCommit",
    row: AzureIteration,
    named: /pullrequests[/_-]\d+/i,
  }),
  gerritChange("gerrit.changes", ""),
  gerritChange("gerrit.change", null),
];

/** Gerrit's five characters stand before its JSON. */
function gerritChange(format: "gerrit.changes" | "gerrit.change", member: "" | null): FileFormat {
  const plain = hostAnswer({
    format,
    what: "changes of Gerrit",
    member,
    names: "_number, change_id and branch",
    row: Change,
  });
  return {
    ...plain,
    recognise(sample) {
      const { text } = sample;
      if (!text.startsWith(")]}'")) return plain.recognise(sample);
      return /"_number"\s*:/.test(text) &&
        text
          .slice(4)
          .trimStart()
          .startsWith(member === null ? "{" : "[")
        ? { sure: "certain", because: "it begins as Gerrit's answers do and has _number, as changes of Gerrit have" }
        : null;
    },
  };
}
