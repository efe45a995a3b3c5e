import type { Source } from "../../../shared/model/source.ts";
import type { SecretPlace } from "../../../shared/model/source-parts.ts";
import { strings } from "../../strings.ts";

const [words, secretWords] = [strings.sources.place, strings.sources.secret];
type Entry = readonly [string, string];

/** Where a source is and how it is read, in names and values. */
export function placeOf(source: Source): Entry[] {
  switch (source.kind) {
    case "git":
      return [
        [words.repository, source.repository],
        [words.location, source.location],
        [words.releaseBranch, source.releaseBranch],
      ];
    case "github":
    case "gitlab":
    case "bitbucket":
      return [
        [words.repository, `${source.project}, ${source.apiUrl}`],
        [words.releaseBranch, source.releaseBranch],
        [words.token, tokenPlace(source.token)],
      ];
    case "gerrit":
    case "bitbucket-server":
      return [
        [words.repository, `${source.project}, ${source.siteUrl}`],
        [words.releaseBranch, source.releaseBranch],
        [words.token, tokenPlace(source.token)],
      ];
    case "azure-repos":
      return [
        [words.repository, `${source.azureProject}/${source.azureRepository}, ${source.organisationUrl}`],
        [words.releaseBranch, source.releaseBranch],
        [words.token, tokenPlace(source.token)],
      ];
    case "github-files":
      return [
        [words.repository, source.project],
        [words.location, source.path],
      ];
    case "jenkins":
      return [
        [words.repository, source.repository],
        [words.projects, `${source.jobs.join(", ")}, ${source.siteUrl}`],
        [words.token, tokenPlace(source.token)],
      ];
    case "azure-pipelines":
      return [
        [words.repository, source.repository],
        [words.projects, `${source.azureProject}, ${source.organisationUrl}`],
        [words.releaseBranch, source.releaseBranch],
        [words.token, tokenPlace(source.token)],
      ];
    case "circleci":
      return [
        [words.repository, source.repository],
        [words.projects, `${source.projectSlug}, ${source.apiUrl}`],
        [words.releaseBranch, source.releaseBranch],
        [words.token, tokenPlace(source.token)],
      ];
    case "jira":
      return [
        [words.projects, `${source.projects.join(", ")}, ${source.siteUrl}`],
        [words.token, tokenPlace(source.token)],
      ];
    case "jira-files":
      return [
        [words.projects, source.projects.join(", ")],
        [words.location, source.path],
      ];
    case "deployment-log":
      return [
        [words.repository, source.repository],
        [words.location, source.path],
        [words.production, source.production.join(", ")],
        [words.mapping, mappingOf(source.mapping)],
      ];
    case "gitops":
      return [
        [words.repository, source.repository],
        [words.location, `${source.location}, ${source.files}`],
        [words.releaseBranch, source.branch],
        [words.production, source.production.join(", ")],
      ];
    case "argocd":
      return [
        [words.repository, source.repository],
        [words.location, `${source.apiUrl}, ${source.applications.join(", ")}`],
        [words.production, source.production.join(", ")],
        [words.token, tokenPlace(source.token)],
      ];
    case "spinnaker":
      return [
        [words.repository, source.repository],
        [words.location, `${source.apiUrl}, ${source.application}`],
        [words.production, source.production.join(", ")],
        [words.token, tokenPlace(source.token)],
      ];
    case "octopus":
      return [
        [words.repository, source.repository],
        [words.location, `${source.apiUrl}, ${source.space}, ${source.deployProject}`],
        [words.production, source.production.join(", ")],
        [words.token, tokenPlace(source.token)],
      ];
    case "kubernetes":
      return [
        [words.repository, source.repository],
        [words.location, `${source.apiUrl}, ${source.namespace}`],
        [words.production, source.production.join(", ")],
        [words.token, tokenPlace(source.token)],
      ];
    case "codedeploy":
      return [
        [words.repository, source.repository],
        [words.location, `${source.application}, ${source.region}`],
        [words.production, source.production.join(", ")],
        [words.token, tokenPlace(source.token)],
      ];
    case "servicenow":
      return [
        [words.location, source.apiUrl],
        [words.token, tokenPlace(source.token)],
      ];
    case "roster":
    case "files":
      return [[words.location, source.path]];
  }
}

function tokenPlace(place: SecretPlace): string {
  switch (place.in) {
    case "environment":
      return `${secretWords.environment}: ${place.name}`;
    case "file":
      return `${secretWords.file}: ${place.path}`;
    case "keychain":
      return `${secretWords.keychain}: ${place.name}`;
  }
}

function mappingOf(mapping: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(mapping).filter(([, column]) => column !== undefined);
  return pairs.map(([field, column]) => `${field} ← ${column}`).join(", ");
}
