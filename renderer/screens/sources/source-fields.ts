import { Source, type SourceKind } from "../../../shared/model/source.ts";
import type { Problems } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";

/*
 * The forms of sources, as data: each field is a place in the Source that it fills. Only the model's schema says what
 * is right, so that a form can never accept what the engine would refuse.
 */

type Words = keyof typeof strings.sources.fields;

export interface SourceField {
  /** Dotted path in the Source; also the field's name. */
  readonly name: Words;
  readonly takes: "text" | "path" | "list" | "secret" | "format";
  readonly isRequired: boolean;
  readonly initial: string;
}

function field(name: Words, takes: SourceField["takes"] = "text", isRequired = true, initial = ""): SourceField {
  return { name, takes, isRequired, initial };
}
const optional = (name: Words, takes: SourceField["takes"] = "text") => field(name, takes, false);

/** How a server is reached, where the usual way does not lead there. */
const network = [optional("proxy"), optional("caFile", "path"), optional("trustCertificate")];

const fieldsByKind: Readonly<Record<SourceKind, readonly SourceField[]>> = {
  "git": [field("id"), field("repository"), field("location", "path"), field("releaseBranch", "text", true, "main")],
  "github": [
    field("id"),
    field("repository"),
    field("project"),
    field("apiUrl", "text", true, "https://api.github.com"),
    field("releaseBranch", "text", true, "main"),
    field("include", "list", false, "events, comments, checks, protection, analysis, deployments"),
    field("production", "list", true, "production"),
    optional("pipelineAccounts", "list"),
    field("token", "secret"),
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
    field("token", "secret"),
    ...network,
  ],
  "gerrit": [
    field("id"),
    field("repository"),
    field("siteUrl"),
    field("project"),
    field("releaseBranch", "text", true, "main"),
    field("user"),
    field("token", "secret"),
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
    field("token", "secret"),
    ...network,
  ],
  "bitbucket-server": [
    field("id"),
    field("repository"),
    field("siteUrl"),
    field("project"),
    field("releaseBranch", "text", true, "main"),
    field("token", "secret"),
    ...network,
  ],
  "azure-repos": [
    field("id"),
    field("repository"),
    field("organisationUrl"),
    field("azureProject"),
    field("azureRepository"),
    field("releaseBranch", "text", true, "main"),
    field("token", "secret"),
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
    field("token", "secret"),
    ...network,
  ],
  "azure-pipelines": [
    field("id"),
    field("repository"),
    field("organisationUrl"),
    field("azureProject"),
    field("releaseBranch", "text", true, "main"),
    optional("azureRepository"),
    field("token", "secret"),
    ...network,
  ],
  "circleci": [
    field("id"),
    field("repository"),
    field("projectSlug"),
    field("apiUrl", "text", true, "https://circleci.com/api/v2"),
    field("releaseBranch", "text", true, "main"),
    field("token", "secret"),
    ...network,
  ],
  "jira": [
    field("id"),
    field("siteUrl"),
    optional("flavour"),
    field("projects", "list"),
    optional("user"),
    field("token", "secret"),
  ],
  "jira-files": [field("id"), field("projects", "list"), field("path", "path")],
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
    field("token", "secret"),
  ],
  "spinnaker": [
    field("id"),
    field("repository"),
    field("apiUrl"),
    field("application"),
    field("environmentFrom", "text", false, "account"),
    field("production", "list", true, "production"),
    optional("pipelineAccounts", "list"),
    field("token", "secret"),
  ],
  "octopus": [
    field("id"),
    field("repository"),
    field("apiUrl"),
    field("space", "text", true, "Spaces-1"),
    field("deployProject"),
    field("production", "list", true, "Production"),
    optional("pipelineAccounts", "list"),
    field("token", "secret"),
  ],
  "kubernetes": [
    field("id"),
    field("repository"),
    field("apiUrl"),
    field("namespace"),
    field("environment", "text", true, "production"),
    optional("workloads", "list"),
    field("production", "list", true, "production"),
    field("token", "secret"),
  ],
  "codedeploy": [
    field("id"),
    field("repository"),
    field("region", "text", true, "eu-west-1"),
    field("application"),
    field("production", "list", true, "production"),
    field("token", "secret"),
  ],
  "servicenow": [
    field("id"),
    field("apiUrl"),
    field("numberPrefix", "text", true, "CHG"),
    optional("filter"),
    optional("user"),
    field("token", "secret"),
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
  ],
};

export const sourceKinds = Object.keys(fieldsByKind) as SourceKind[];

export function fieldsOf(kind: SourceKind): readonly SourceField[] {
  return fieldsByKind[kind];
}

/** Values of a form, all as typed. A secret's field holds `environment:NAME` or `file:/path`: a place, never a secret. */
export type SourceValues = Readonly<Record<string, string>>;

export function initialValues(kind: SourceKind): Record<string, string> {
  return Object.fromEntries(fieldsOf(kind).map(({ name, initial }) => [name, initial]));
}

export type SourceReading =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly problems: Problems<string> };

/** Reads a form as a Source, or says what is wrong field by field. */
export function readSource(kind: SourceKind, values: SourceValues): SourceReading {
  const draft: Record<string, unknown> = { kind };
  const problems: Record<string, string> = {};
  for (const each of fieldsOf(kind)) {
    const typed = (values[each.name] ?? "").trim();
    if (typed === "" || /^(environment|file):$/.test(typed)) {
      if (each.isRequired) problems[each.name] = strings.common.fillIn;
      // An optional list that is left empty is an empty list, not the model's default.
      else if (each.takes === "list") put(draft, each.name, []);
      continue;
    }
    put(draft, each.name, readValue(each, typed));
  }
  const read = Source.safeParse(draft);
  if (read.success && Object.keys(problems).length === 0) return { ok: true, source: read.data };
  for (const issue of read.error?.issues ?? []) {
    const name = fieldAt(kind, issue.path.map(String));
    if (name !== undefined) problems[name] ??= issue.message;
  }
  return { ok: false, problems };
}

function readValue({ takes }: SourceField, typed: string): unknown {
  if (takes === "list") {
    return typed
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== "");
  }
  if (takes !== "secret") return typed;
  const place = typed.slice(typed.indexOf(":") + 1).trim();
  return typed.startsWith("file:") ? { in: "file", path: place } : { in: "environment", name: place };
}

function put(draft: Record<string, unknown>, name: string, value: unknown): void {
  const [first = "", second] = name.split(".");
  if (second === undefined) draft[first] = value;
  else draft[first] = { ...(draft[first] as object | undefined), [second]: value };
}

/** The field that a place in the Source belongs to: the longest name that the place begins with. */
function fieldAt(kind: SourceKind, path: readonly string[]): string | undefined {
  const names = fieldsOf(kind).map(({ name }) => name as string);
  return [path.slice(0, 2).join("."), path[0] ?? ""].find((name) => names.includes(name));
}
