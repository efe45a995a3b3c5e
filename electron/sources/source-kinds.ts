import { EvidenceFormat } from "../../shared/model/evidence.ts";
import type { SourceKind } from "../../shared/model/source.ts";
import type { FormatView, SourceKindView } from "../../shared/model/source-kind.ts";
import { fileFormats } from "./files/file-formats.ts";

/** How each kind is called and reached, and which formats its records have: those with one of the beginnings. */
const kinds: { readonly [K in SourceKind]: Described } = {
  "git": { title: "git repository", reached: "live", formats: ["git."] },
  "github": { title: "GitHub", reached: "live", formats: ["github."] },
  "github-files": { title: "Recorded answers of GitHub", reached: "files", formats: ["github."] },
  "gitlab": { title: "GitLab", reached: "live", formats: ["gitlab."] },
  "gerrit": { title: "Gerrit", reached: "live", formats: ["gerrit."] },
  "bitbucket": { title: "Bitbucket Cloud", reached: "live", formats: ["bitbucket."] },
  "bitbucket-server": { title: "Bitbucket Data Center", reached: "live", formats: ["bitbucket-server."] },
  "azure-repos": { title: "Azure Repos", reached: "live", formats: ["azure-repos."] },
  "jenkins": { title: "Jenkins", reached: "live", formats: ["jenkins."] },
  "azure-pipelines": { title: "Azure Pipelines", reached: "live", formats: ["azure-pipelines."] },
  "circleci": { title: "CircleCI", reached: "live", formats: ["circleci."] },
  "jira": { title: "Jira", reached: "live", formats: ["jira."] },
  "jira-files": { title: "Exported Jira issues", reached: "files", formats: ["jira."] },
  "servicenow": { title: "ServiceNow", reached: "live", formats: ["servicenow."] },
  "deployment-log": { title: "Deployment log with fields of its own", reached: "files", formats: ["deployments."] },
  "gitops": { title: "GitOps repository", reached: "live", formats: ["gitops."] },
  "argocd": { title: "Argo CD", reached: "live", formats: ["argocd.", "deployment-tool."] },
  "spinnaker": { title: "Spinnaker", reached: "live", formats: ["spinnaker.", "deployment-tool."] },
  "octopus": { title: "Octopus Deploy", reached: "live", formats: ["octopus.", "deployment-tool."] },
  "kubernetes": { title: "Kubernetes and Helm", reached: "live", formats: ["kubernetes.", "helm."] },
  "codedeploy": { title: "AWS CodeDeploy", reached: "live", formats: ["codedeploy."] },
  "roster": { title: "List of people", reached: "files", formats: ["roster."] },
  "files": { title: "Files of any system, recognised by their content", reached: "files", formats: fileFormats },
};

interface Described extends Pick<SourceKindView, "title" | "reached"> {
  /** Beginnings of names of formats, or the formats themselves. */
  readonly formats: readonly string[] | typeof fileFormats;
}

/** Every kind of source with how it is reached and what it reads. */
export function listSourceKinds(): SourceKindView[] {
  return Object.entries(kinds).map(([kind, { title, reached, formats }]) => ({
    kind,
    title,
    reached,
    formats: formats.flatMap((one) => (typeof one === "string" ? formatsBeginning(one) : [viewOf(one)])),
  }));
}

function formatsBeginning(beginning: string): FormatView[] {
  const found = EvidenceFormat.options.filter((format) => format.startsWith(beginning));
  return found.map((format) => {
    const file = fileFormats.find((one) => one.format === format);
    return file ? viewOf(file) : { format, title: "", recognisedBy: "" };
  });
}

function viewOf({ format, title, recognisedBy }: (typeof fileFormats)[number]): FormatView {
  return { format, title, recognisedBy };
}
