import { expect, it } from "vitest";
import { faultOf } from "../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { application, startArgocd } from "./fake-argocd.ts";
import { factsOf, toolToken } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };

it("each sync in an application's history is a deployment of the revision that was taken from git", async () => {
  const { driver, source } = await startArgocd();
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  const deployments = factsOf(pulled, source, "deployment");
  expect(deployments).toMatchObject([
    {
      id: "web/0",
      environment: "web",
      production: true,
      previousRevision: "",
      by: "ada",
      trigger: "",
      status: "Succeeded",
    },
    { id: "web/1", previousRevision: "0".repeat(40), by: "", trigger: "automated", status: "Succeeded" },
    { id: "web/2", revision: "2".repeat(40), at: "2025-02-12T10:00:00.000Z", status: "Succeeded" },
  ]);
  expect(pulled.outcome.counts).toEqual({ syncs: 3 });
  expect(pulled.outcome.coverage).toEqual([
    { kind: "deployments", scope: "shop", from: settings.period.start, to: settings.period.end },
  ]);
});

it("where the history is cut off, nothing before its oldest sync is covered", async () => {
  const { driver, source } = await startArgocd({ applications: [application("web", 3, 3), application("api", 2)] });
  const { outcome } = await pullWithSecret(driver, source, toolToken, settings);
  expect(outcome.coverage).toMatchObject([{ from: "2025-02-10T10:00:00.000Z" }]);
  expect(outcome.notes).toContain("What is kept reaches back to 2025-02-10T10:00:00.000Z and covers nothing before.");
});

it("also where the limit was raised since, which the numbers of the syncs tell", async () => {
  const { driver, source } = await startArgocd({ applications: [application("web", 3, 10, 4)] });
  const { outcome } = await pullWithSecret(driver, source, toolToken, settings);
  expect(outcome.coverage).toMatchObject([{ from: "2025-02-10T10:00:00.000Z" }]);
});

it("of the time before an application was made nothing is covered: one of its name may have been deleted", async () => {
  const web = application("web", 3);
  const made = { ...web, metadata: { ...web.metadata, creationTimestamp: "2025-02-01T08:00:00Z" } };
  const { driver, source } = await startArgocd({ applications: [made] });
  const { outcome } = await pullWithSecret(driver, source, toolToken, settings);
  expect(outcome.coverage).toMatchObject([{ from: "2025-02-01T08:00:00.000Z" }]);
});

it("an application that is set to keep no history has not been without deployments, and covers nothing", async () => {
  const { driver, source } = await startArgocd({ applications: [application("web", 0, 0), application("api", 2)] });
  const { outcome } = await pullWithSecret(driver, source, toolToken, settings);
  expect(outcome.coverage).toEqual([]);
  expect(outcome.notes).toContain("Argo CD keeps no history of web from which its syncs could be told.");
});

it("the environment is the application, its namespace or its cluster, as the source says", async () => {
  for (const [environmentFrom, environment] of [
    ["application", "web"],
    ["namespace", "web-ns"],
    ["cluster", "https://cluster.example"],
  ]) {
    const { driver, source } = await startArgocd({}, { environmentFrom });
    const pulled = await pullWithSecret(driver, source, toolToken, settings);
    expect(factsOf(pulled, source, "deployment")[0]?.environment).toBe(environment);
  }
});

it("the test of the connection names the account and warns of rights that change something", async () => {
  const { fake, driver, source } = await startArgocd();
  const test = () => driver.test(source, { ...createPullDouble(settings).context, readSecret: () => toolToken });
  expect(await test()).toEqual({
    identity: "auditor",
    access: "rights on applications: get",
    canWrite: false,
    notes: [],
  });
  fake.rights.sync = "yes";
  expect(await test()).toMatchObject({ access: "rights on applications: get, sync", canWrite: true });
});

it("a wrong token, a forbidden application and a busy server are faults that name them", async () => {
  const { fake, driver, source } = await startArgocd();
  const codeOf = async (token: string) =>
    faultOf(await pullWithSecret(driver, source, token, settings).catch((error: unknown) => error)).code;
  expect(await codeOf("wrong")).toBe("http-unauthorised");
  fake.broken["/api/v1/applications/web"] = { status: 403, body: { message: "permission denied" } };
  expect(await codeOf(toolToken)).toBe("http-forbidden");
  fake.broken["/api/v1/applications/web"] = { status: 429, headers: { "retry-after": "9999" }, body: {} };
  expect(await codeOf(toolToken)).toBe("http-rate-limited");
});

it("a pull that dies at every step goes on without losing or doubling anything, with GET alone", async () => {
  const applications = ["a", "b", "c", "d"].map((name) => application(name, 2));
  const { driver, source, server } = await startArgocd({ applications });
  const whole = await pullWithSecret(driver, source, toolToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, toolToken, settings);
  expect(broken.deaths).toBeGreaterThan(2);
  const content = (pulled: typeof whole) => evidenceOf(pulled).filter((line) => line.startsWith("argocd."));
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(everythingKept(whole)).not.toContain(toolToken);
});
