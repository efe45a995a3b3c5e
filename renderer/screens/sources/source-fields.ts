import type { SourceKind } from "../../../shared/model/source.ts";
import type { strings } from "../../strings.ts";

/*
 * The forms of sources, as data: each field is a place in the Source that it fills. Only the model's schema says what
 * is right, so that a form can never accept what the engine would refuse.
 */

type Words = keyof typeof strings.sources.fields;

/** What a field takes: `pairs` is a line each, `NAME = value`, and `lists` the same with values separated by commas. */
type Takes = "text" | "path" | "list" | "secret" | "format" | "flag" | "number" | "pairs" | "lists";

/** Fields that most sources do without are shown under a heading of their own. */
export type FieldGroup = "main" | "options" | "network";

export interface SourceField {
  /** Dotted path in the Source; also the field's name. */
  readonly name: Words;
  readonly takes: Takes;
  readonly isRequired: boolean;
  /** Of a flag `true` or nothing. */
  readonly initial: string;
  readonly group: FieldGroup;
}

function field(name: Words, takes: Takes = "text", isRequired = true, initial = ""): SourceField {
  return { name, takes, isRequired, initial, group: "main" };
}
const optional = (name: Words, takes: Takes = "text") => field(name, takes, false);
const option = (name: Words, takes: Takes = "text", initial = ""): SourceField => ({
  ...field(name, takes, false, initial),
  group: "options",
});

const token = field("token", "secret");

/** How a server is reached, where the usual way does not lead there. */
const network: readonly SourceField[] = [
  optional("proxy"),
  optional("caFile", "path"),
  optional("trustCertificate"),
  optional("timeoutSeconds", "number"),
  optional("allowUnencrypted", "flag"),
].map((each) => ({ ...each, group: "network" }));

const fieldsByKind: Readonly<Record<SourceKind, readonly SourceField[]>> = {
  "git": [
    field("id"),
    field("repository"),
    field("location", "path"),
    field("releaseBranch", "text", true, "main"),
    option("compareContents", "flag", "true"),
    option("allowedSigners", "path"),
    option("keyring", "path"),
  ],
  "github": [
    field("id"),
    field("repository"),
    field("project"),
    field("apiUrl", "text", true, "https://api.github.com"),
    field("releaseBranch", "text", true, "main"),
    field("include", "list", false, "events, comments, checks, protection, analysis, deployments"),
    field("production", "list", true, "production"),
    optional("pipelineAccounts", "list"),
    token,
    ...network,
  ],
  "gitlab": [
    field("id"),
    field("repository"),
    field("project"),
    field("apiUrl", "text", true, "https://gitlab.com/api/v4"),
    field("releaseBranch", "text", true, "main"),
    field("production", "list", true, "production"),
    optional("pipelineAccounts", "list"),
    token,
    ...network,
  ],
  "gerrit": [
    field("id"),
    field("repository"),
    field("siteUrl"),
    field("project"),
    field("releaseBranch", "text", true, "main"),
    field("user"),
    token,
    ...network,
  ],
  "bitbucket": [
    field("id"),
    field("repository"),
    field("project"),
    field("apiUrl", "text", true, "https://api.bitbucket.org/2.0"),
    field("releaseBranch", "text", true, "main"),
    field("production", "list", true, "production"),
    optional("user"),
    token,
    ...network,
  ],
  "bitbucket-server": [
    field("id"),
    field("repository"),
    field("siteUrl"),
    field("project"),
    field("releaseBranch", "text", true, "main"),
    token,
    ...network,
  ],
  "azure-repos": [
    field("id"),
    field("repository"),
    field("organisationUrl"),
    field("azureProject"),
    field("azureRepository"),
    field("releaseBranch", "text", true, "main"),
    token,
    ...network,
  ],
  "github-files": [field("id"), field("repository"), field("project"), field("path", "path")],
  "jenkins": [
    field("id"),
    field("repository"),
    field("siteUrl"),
    field("jobs", "list"),
    optional("remoteUrl"),
    field("user"),
    token,
    ...network,
  ],
  "azure-pipelines": [
    field("id"),
    field("repository"),
    field("organisationUrl"),
    field("azureProject"),
    field("releaseBranch", "text", true, "main"),
    optional("azureRepository"),
    token,
    ...network,
  ],
  "circleci": [
    field("id"),
    field("repository"),
    field("projectSlug"),
    field("apiUrl", "text", true, "https://circleci.com/api/v2"),
    field("releaseBranch", "text", true, "main"),
    token,
    ...network,
  ],
  "jira": [
    field("id"),
    field("siteUrl"),
    optional("flavour"),
    field("projects", "list"),
    optional("user"),
    token,
    option("approvals", "flag"),
    option("remoteLinks", "flag"),
    option("development", "list"),
    option("keyPatterns", "lists"),
    ...network,
  ],
  "jira-files": [field("id"), field("projects", "list"), field("path", "path"), option("keyPatterns", "lists")],
  "deployment-log": [
    field("id"),
    field("repository"),
    field("path", "path"),
    field("format", "format", true, "jsonl"),
    optional("line"),
    field("mapping.environment", "text", true, "environment"),
    field("mapping.revision", "text", true, "revision"),
    field("mapping.at", "text", true, "at"),
    optional("mapping.by"),
    optional("mapping.trigger"),
    optional("mapping.requestedBy"),
    optional("mapping.id"),
    optional("mapping.status"),
    optional("mapping.service"),
    optional("mapping.previousRevision"),
    field("production", "list", true, "production"),
    field("pipelineTriggers", "list", false, "pipeline"),
    optional("pipelineAccounts", "list"),
    optional("service"),
  ],
  "gitops": [
    field("id"),
    field("repository"),
    field("location", "path"),
    field("branch", "text", true, "main"),
    field("files", "text", true, "apps/{environment}/{service}.yaml"),
    field("tag", "text", true, "image_tag"),
    optional("service"),
    optional("environment"),
    field("production", "list", true, "production"),
    optional("pipelineAccounts", "list"),
  ],
  "argocd": [
    field("id"),
    field("repository"),
    field("apiUrl"),
    field("applications", "list"),
    field("environmentFrom", "text", false, "application"),
    field("production", "list", true, "production"),
    optional("pipelineAccounts", "list"),
    token,
    ...network,
  ],
  "spinnaker": [
    field("id"),
    field("repository"),
    field("apiUrl"),
    field("application"),
    field("environmentFrom", "text", false, "account"),
    field("production", "list", true, "production"),
    optional("pipelineAccounts", "list"),
    token,
    ...network,
  ],
  "octopus": [
    field("id"),
    field("repository"),
    field("apiUrl"),
    field("space", "text", true, "Spaces-1"),
    field("deployProject"),
    field("production", "list", true, "Production"),
    optional("pipelineAccounts", "list"),
    token,
    ...network,
  ],
  "kubernetes": [
    field("id"),
    field("repository"),
    field("apiUrl"),
    field("namespace"),
    field("environment", "text", true, "production"),
    optional("workloads", "list"),
    field("production", "list", true, "production"),
    token,
    option("helm", "flag"),
    ...network,
  ],
  "codedeploy": [
    field("id"),
    field("repository"),
    field("region", "text", true, "eu-west-1"),
    field("application"),
    field("production", "list", true, "production"),
    token,
    ...network,
  ],
  "servicenow": [
    field("id"),
    field("apiUrl"),
    field("numberPrefix", "text", true, "CHG"),
    optional("filter"),
    optional("user"),
    token,
    ...network,
  ],
  "roster": [field("id"), field("path", "path")],
  "files": [
    field("id"),
    field("path", "path"),
    optional("repository"),
    optional("scope"),
    optional("covers.from"),
    optional("covers.to"),
    optional("timeZone"),
    field("production", "list", false, "production"),
    optional("pipelineAccounts", "list"),
    optional("note"),
    option("groupRoles", "pairs"),
  ],
};

export const sourceKinds = Object.keys(fieldsByKind) as SourceKind[];

export function fieldsOf(kind: SourceKind): readonly SourceField[] {
  return fieldsByKind[kind];
}
