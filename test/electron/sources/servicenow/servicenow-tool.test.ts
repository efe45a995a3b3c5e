import { expect, it } from "vitest";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { factsOf, toolToken } from "../deploy/tool-under-test.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { approvalRow, field, startServicenow } from "./fake-servicenow.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };

it("a change request is a ticket, with what it says of the change, at ServiceNow's own times", async () => {
  const { driver, source } = await startServicenow(2);
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  expect(factsOf(pulled, source, "ticket")[0]).toMatchObject({
    key: "CHG0000001",
    project: "CHG",
    status: "Closed",
    statusCategory: "done",
    createdAt: "2025-02-01T09:00:00.000Z",
    resolvedAt: "2025-02-03T09:00:00.000Z",
    reporter: "ada",
    links: ["https://host.example/shop/pull/12"],
  });
  expect(factsOf(pulled, source, "change-ticket")).toMatchObject([
    { key: "CHG0000001", type: "emergency", risk: "High", plannedStart: "2025-02-02T20:00:00.000Z", plannedEnd: null },
    { key: "CHG0000002", type: "normal", closeCode: "Successful" },
  ]);
  expect(pulled.outcome.coverage.map(({ kind, scope }) => `${kind} ${scope}`)).toEqual([
    "tickets CHG",
    "decisions CHG",
  ]);
});

it("approvals, comments and the history are tied to the change by its number", async () => {
  const { driver, source } = await startServicenow(1);
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  expect(factsOf(pulled, source, "ticket-approval")).toMatchObject([
    { key: "CHG0000001", by: "bo", decision: "approved", at: "2025-02-02T09:30:00.000Z", stage: "CAB Approval" },
    { decision: "declined" },
    { decision: "pending", at: null },
  ]);
  expect(factsOf(pulled, source, "ticket-comment")).toMatchObject([
    { key: "CHG0000001", by: "bo", text: "tested on staging" },
  ]);
  expect(factsOf(pulled, source, "ticket-history")).toMatchObject([
    { key: "CHG0000001", events: [{ field: "status", from: "-3", to: "-2", by: "bo" }] },
  ]);
});

it("all pages are read and tied to X-Total-Count, though rows move between them", async () => {
  const { fake, driver, source } = await startServicenow(450);
  const all = fake.tables.change_request ?? [];
  fake.onPage = (table, offset) => {
    // A row of the first page is deleted before the second is asked for: those behind it move up.
    if (table === "change_request" && offset > 0) fake.tables.change_request = all.filter((_, index) => index !== 5);
  };
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  expect(new Set(factsOf(pulled, source, "ticket").map(({ key }) => key)).size).toBe(450);
  expect(pulled.outcome.tieOuts).toContainEqual(
    expect.objectContaining({ what: "change requests", expected: 449, received: 449 }),
  );
});

it("the changes are narrowed by the source's filter and the period, in an order that does not change", async () => {
  const { driver, source, server } = await startServicenow(1, { filter: "assignment_group.name=Ledger" });
  await pullWithSecret(driver, source, toolToken, settings);
  const asked = server.seen.find(({ path }) => path.endsWith("/change_request"))?.query.get("sysparm_query");
  expect(asked).toBe("assignment_group.name=Ledger^sys_created_on<2025-07-31 00:00:00^ORDERBYsys_id");
});

it("an account that may not read approvals reads the rest, and covers no decisions", async () => {
  const { fake, driver, source } = await startServicenow(1);
  fake.forbidden.add("sysapproval_approver");
  const { outcome } = await pullWithSecret(driver, source, toolToken, settings);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["tickets"]);
  expect(outcome.notes).toContain(
    "ServiceNow did not let this account read approvals: what ServiceNow keeps in sysapproval_approver is not known.",
  );
});

it("rows that the account may not see are missed by the total, and what rests on them is not covered", async () => {
  const { fake, driver, source } = await startServicenow(450);
  fake.hidden.add("p1");
  const approvalsHidden = await pullWithSecret(driver, source, toolToken, settings);
  expect(approvalsHidden.outcome.coverage.map(({ kind }) => kind)).toEqual(["tickets"]);
  expect(approvalsHidden.outcome.notes).toContain(
    "Only 3 of 4 approvals were received, by ServiceNow's own total: what rests on them is not covered.",
  );
  // A whole page of them does not end the list.
  for (const row of (fake.tables.change_request ?? []).slice(0, 210)) fake.hidden.add(row.sys_id?.value ?? "");
  const changesHidden = await pullWithSecret(driver, source, toolToken, settings);
  expect(new Set(factsOf(changesHidden, source, "ticket").map(({ key }) => key)).size).toBe(240);
  expect(changesHidden.outcome.coverage).toEqual([]);
});

it.each([
  ["approved", "approved", ["approved"]],
  ["approved", "rejected", ["pending"]],
  ["approved", "requested", ["pending"]],
  ["approved", "not requested", ["pending"]],
  ["rejected", "approved", ["declined"]],
  ["duplicate", "approved", []],
  ["cancelled", "approved", []],
])("an approver's %s where the change as a whole is %s", async (state, whole, decisions) => {
  const { fake, driver, source } = await startServicenow(1);
  fake.tables.sysapproval_approver = [approvalRow("p1", state, whole)];
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  expect(factsOf(pulled, source, "ticket-approval").map(({ decision }) => decision)).toEqual(decisions);
});

it("who decided is whoever wrote it, which may be another one than was asked", async () => {
  const { fake, driver, source } = await startServicenow(1);
  const rows = ["approved", "requested"].map((state, index) => approvalRow(`p${index}`, state));
  fake.tables.sysapproval_approver = rows.map((row) => ({ ...row, sys_updated_by: field("admin") }));
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  expect(factsOf(pulled, source, "ticket-approval").map(({ by }) => by)).toEqual(["admin", "bo"]);
});

it("a pull that dies at every step goes on without losing or doubling anything, with GET alone", async () => {
  const { driver, source, server } = await startServicenow(450);
  const whole = await pullWithSecret(driver, source, toolToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, toolToken, settings);
  const content = (pulled: typeof whole) => evidenceOf(pulled).filter((line) => !line.startsWith("servicenow.other"));
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(everythingKept(whole)).not.toContain(toolToken);
});

it("roles that change something are told", async () => {
  const { fake, driver, source } = await startServicenow(0);
  const test = () => driver.test(source, { ...createPullDouble(settings).context, readSecret: () => toolToken });
  expect(await test()).toMatchObject({
    identity: "The Auditor (auditor)",
    access: "roles: sn_change_read",
    canWrite: false,
  });
  fake.tables.sys_user_has_role?.push({ "sys_id": field("r2"), "role.name": field("itil") });
  expect(await test()).toMatchObject({ canWrite: true });
});
