import { describe, expect, test } from "vitest";
import { fieldsOf, sourceKinds } from "../../../../renderer/screens/sources/source-fields.ts";
import { initialValues, readSource } from "../../../../renderer/screens/sources/source-reading.ts";
import { networkSettings } from "../../../../shared/model/network-settings.ts";
import { Source } from "../../../../shared/model/source.ts";

const filled = {
  "git": { id: "ledger-git", repository: "ledger", location: "/evidence/ledger.git" },
  "github": { id: "gh", repository: "ledger", project: "northwind/ledger", token: "environment:NORTHWIND_TOKEN" },
  "gitlab": { id: "gl", repository: "ledger", project: "northwind/core/ledger", token: "environment:GITLAB_TOKEN" },
  "gerrit": {
    id: "gerrit",
    repository: "ledger",
    siteUrl: "https://gerrit.example",
    project: "northwind/ledger",
    user: "auditor",
    token: "environment:GERRIT_PASSWORD",
  },
  "bitbucket": { id: "bb", repository: "ledger", project: "northwind/ledger", token: "environment:BITBUCKET_TOKEN" },
  "bitbucket-server": {
    id: "bb",
    repository: "ledger",
    siteUrl: "https://bitbucket.example",
    project: "NW/ledger",
    token: "environment:BITBUCKET_TOKEN",
  },
  "azure-repos": {
    id: "azure",
    repository: "ledger",
    organisationUrl: "https://dev.azure.com/northwind",
    azureProject: "Ledger",
    azureRepository: "ledger",
    token: "environment:AZURE_TOKEN",
  },
  "github-files": { id: "gh", repository: "ledger", project: "northwind/ledger", path: "/evidence/pages" },
  "jenkins": {
    id: "ci",
    repository: "ledger",
    siteUrl: "https://jenkins.example",
    jobs: "team/ledger/main",
    user: "auditor",
    token: "environment:JENKINS_TOKEN",
  },
  "azure-pipelines": {
    id: "ci",
    repository: "ledger",
    organisationUrl: "https://dev.azure.com/northwind",
    azureProject: "Ledger",
    token: "environment:AZURE_TOKEN",
  },
  "circleci": {
    id: "ci",
    repository: "ledger",
    projectSlug: "gh/northwind/ledger",
    token: "environment:CIRCLE_TOKEN",
  },
  "jira": { id: "jira", siteUrl: "https://jira.example", projects: "LED, OPS", token: "file:/run/token" },
  "jira-files": { id: "jira", projects: "LED", path: "/evidence/issues.jsonl" },
  "deployment-log": { id: "log", repository: "ledger", path: "/evidence/log.csv", format: "csv" },
  "gitops": { id: "versions", repository: "ledger", location: "/evidence/config.git" },
  "argocd": {
    id: "argo",
    repository: "ledger",
    apiUrl: "https://argo.example",
    applications: "ledger-prod",
    token: "file:/run/token",
  },
  "spinnaker": {
    id: "spin",
    repository: "ledger",
    apiUrl: "https://gate.example",
    application: "ledger",
    token: "file:/run/token",
  },
  "octopus": {
    id: "octo",
    repository: "ledger",
    apiUrl: "https://octopus.example",
    deployProject: "ledger",
    token: "file:/run/token",
  },
  "kubernetes": {
    id: "kube",
    repository: "ledger",
    apiUrl: "https://cluster.example",
    namespace: "ledger",
    token: "file:/run/token",
  },
  "codedeploy": { id: "aws", repository: "ledger", application: "ledger", token: "file:/run/key" },
  "servicenow": { id: "snow", apiUrl: "https://example.service-now.com", token: "file:/run/token" },
  "roster": { id: "people", path: "/evidence/people.csv" },
  "files": { id: "reports", path: "/evidence/reports" },
} as const;

function read(kind: keyof typeof filled, values: Readonly<Record<string, string>> = {}) {
  return readSource(kind, { ...initialValues(kind), ...filled[kind], ...values });
}

describe("the form of a source", () => {
  test.each(sourceKinds)("of kind %s makes a source when its required fields are filled in", (kind) => {
    expect(read(kind)).toMatchObject({ ok: true, source: { kind, id: filled[kind].id } });
  });

  test.each(sourceKinds)("of kind %s says of every empty required field that it is empty", (kind) => {
    const empty = Object.fromEntries(fieldsOf(kind).map(({ name }) => [name, ""]));
    const answer = readSource(kind, empty);
    const required = fieldsOf(kind).filter((field) => field.isRequired);
    expect(answer.ok).toBe(false);
    expect(Object.keys(answer.ok ? {} : answer.problems).sort()).toEqual(required.map(({ name }) => name).sort());
  });

  test("holds where a token is kept, as a place", () => {
    expect(read("github")).toMatchObject({ source: { token: { in: "environment", name: "NORTHWIND_TOKEN" } } });
    expect(read("jira")).toMatchObject({ source: { token: { in: "file", path: "/run/token" } } });
  });

  test("names a token of the keychain by what it is called there", () => {
    expect(read("github", { token: "keychain:github-audit" })).toMatchObject({
      source: { token: { in: "keychain", name: "github-audit" } },
    });
  });

  test("a place without a name is an empty field", () => {
    expect(read("github", { token: "keychain:" })).toMatchObject({
      ok: false,
      problems: { token: expect.any(String) },
    });
    expect(read("github", { token: "file:" })).toMatchObject({ ok: false, problems: { token: expect.any(String) } });
  });

  test("lists are split at commas and lines", () => {
    expect(read("jira", { projects: "LED,\nOPS ,, " })).toMatchObject({ source: { projects: ["LED", "OPS"] } });
  });

  test("an emptied list is empty and not the default, so that no account counts as the pipeline unasked", () => {
    expect(read("deployment-log", { pipelineTriggers: "" })).toMatchObject({ source: { pipelineTriggers: [] } });
  });

  test("an optional field that is left empty is left out", () => {
    const answer = read("deployment-log");
    expect(answer.ok && answer.source.kind === "deployment-log" && "by" in answer.source.mapping).toBe(false);
  });

  test.each(Source.options.map(({ shape }) => shape))(
    "reaches a server as the model allows it: $kind.value",
    (shape) => {
      const names: string[] = fieldsOf(shape.kind.value).map(({ name }) => name);
      const reaching = Object.keys(networkSettings).filter((name) => name in shape);
      expect(names).toEqual(expect.arrayContaining(reaching));
    },
  );

  test("settings of the network are read with their types", () => {
    const network = { proxy: "http://proxy.example:3128", timeoutSeconds: "90", allowUnencrypted: "true" };
    expect(read("gerrit", network)).toMatchObject({
      source: { proxy: "http://proxy.example:3128", timeoutSeconds: 90, allowUnencrypted: true },
    });
    const problems = { proxy: expect.any(String), timeoutSeconds: expect.any(String) };
    expect(read("gerrit", { proxy: "proxy", timeoutSeconds: "soon" })).toMatchObject({ ok: false, problems });
  });

  test("what a flag was not changed to is left out", () => {
    const asked = read("jira", { approvals: "true" });
    expect(asked).toMatchObject({ source: { approvals: true } });
    expect(asked.ok && "remoteLinks" in asked.source).toBe(false);
    expect(read("git", { compareContents: "" })).toMatchObject({ source: { compareContents: false } });
    const git = read("git");
    expect(git.ok && "compareContents" in git.source).toBe(false);
  });

  test("names and values are read line by line", () => {
    expect(read("jira", { keyPatterns: "LED = led_{number}, ticket {number}\n\nOPS=ops {number}" })).toMatchObject({
      source: { keyPatterns: { LED: ["led_{number}", "ticket {number}"], OPS: ["ops {number}"] } },
    });
    expect(read("files", { groupRoles: "ledger-developers = developer" })).toMatchObject({
      source: { groupRoles: { "ledger-developers": "developer" } },
    });
    expect(read("files", { groupRoles: "ledger-developers" })).toMatchObject({
      problems: { groupRoles: expect.stringContaining("equals sign") },
    });
    expect(read("files", { groupRoles: "ledger-developers = king" })).toMatchObject({
      problems: { groupRoles: expect.any(String) },
    });
    expect(read("jira", { keyPatterns: "LED = led_" })).toMatchObject({
      problems: { keyPatterns: expect.any(String) },
    });
  });

  test("what the model refuses is said at the field that is wrong", () => {
    expect(read("git", { id: "Ledger Git" })).toMatchObject({ ok: false, problems: { id: expect.any(String) } });
    expect(read("jira", { projects: "led" })).toMatchObject({ ok: false, problems: { projects: expect.any(String) } });
    expect(read("github", { project: "ledger" })).toMatchObject({
      ok: false,
      problems: { project: expect.any(String) },
    });
  });
});
