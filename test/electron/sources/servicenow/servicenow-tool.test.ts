import { expect, it } from "vitest";
import { servicenowTool } from "../../../../electron/sources/servicenow/servicenow-tool.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { factsOf, startTool, toolToken } from "../deploy/tool-under-test.ts";
import type { SeenRequest } from "../http/loopback-server.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };
const idOf = (number: number) => number.toString(16).padStart(32, "0");
const numberOf = (id: string) => `CHG${String(Number.parseInt(id, 16)).padStart(7, "0")}`;
type Field = { value: string; display_value: string };
const field = (value: string, display_value = value): Field => ({ value, display_value });

function change(number: number): Record<string, Field> {
  const id = idOf(number);
  return {
    "sys_id": field(id),
    "number": field(numberOf(id)),
    "type": field(number % 2 === 0 ? "normal" : "emergency", "Normal"),
    "short_description": field("Release 7"),
    "description": field("see https://host.example/shop/pull/12 and https://host.example/shop/pull/12"),
    "state": field("3", "Closed"),
    "risk": field("2", "High"),
    "opened_at": field("2025-02-01 09:00:00", "01.02.2025 10:00:00"),
    "sys_updated_on": field("2025-02-03 09:00:00"),
    "closed_at": field("2025-02-03 09:00:00"),
    "start_date": field("2025-02-02 20:00:00"),
    "end_date": field(""),
    "close_code": field("successful", "Successful"),
    "requested_by": field("u1", "Ada Example"),
    "requested_by.user_name": field("ada"),
  };
}

interface Fake {
  tables: Record<string, Record<string, Field>[]>;
  forbidden: Set<string>;
  onPage: (table: string, offset: number) => void;
}

const journalRow = {
  sys_id: field("j1"),
  element_id: field(idOf(1)),
  sys_created_on: field("2025-02-02 10:00:00"),
  sys_created_by: field("bo"),
  value: field("tested on staging"),
};
const auditRow = {
  sys_id: field("a1"),
  documentkey: field(idOf(1)),
  fieldname: field("state"),
  oldvalue: field("-3"),
  newvalue: field("-2"),
  user: field("bo"),
  sys_created_on: field("2025-02-02 11:00:00"),
};
const approvalRow = (id: string, state: string) => ({
  "sys_id": field(id),
  "sysapproval": field(idOf(1), numberOf(idOf(1))),
  "sysapproval.number": field(numberOf(idOf(1))),
  "approver": field("u2", "Bo Example"),
  "approver.user_name": field("bo"),
  "state": field(state),
  "sys_updated_on": field("2025-02-02 09:30:00"),
  "group": field("g1", "CAB Approval"),
});

async function startServicenow(count: number, fields: Record<string, unknown> = {}) {
  const fake: Fake = {
    tables: {
      change_request: Array.from({ length: count }, (_, index) => change(index + 1)),
      sysapproval_approver: ["approved", "rejected", "requested", "not_required"].map((state, index) =>
        approvalRow(`p${index}`, state),
      ),
      sys_journal_field: [journalRow],
      sys_audit: [auditRow],
      sys_user_has_role: [{ "sys_id": field("r"), "role.name": field("sn_change_read") }],
    },
    forbidden: new Set(),
    onPage: () => undefined,
  };
  const started = await startTool(servicenowTool, fields, (seen) => answer(fake, seen));
  return { fake, ...started };
}

function answer(fake: Fake, { path, query }: SeenRequest) {
  const table = /^\/api\/now\/table\/(\w+)$/.exec(path)?.[1] ?? "";
  if (fake.forbidden.has(table)) return { status: 403, body: { error: { message: "User Not Authorized" } } };
  if (table === "sys_user") return { body: { result: [{ sys_id: "u9", user_name: "auditor", name: "The Auditor" }] } };
  const asked = query.get("sysparm_query") ?? "";
  const offset = Number(query.get("sysparm_offset") ?? 0);
  if (asked.includes("ORDERBY")) fake.onPage(table, offset);
  const named = /^sys_idIN(.*)$/.exec(asked)?.[1]?.split(",");
  const rows = fake.tables[table] ?? [];
  const found = named ? rows.filter((row) => named.includes(row.sys_id?.value ?? "")) : rows;
  const result = found.slice(offset, offset + Number(query.get("sysparm_limit")));
  return { body: { result }, headers: { "x-total-count": String(found.length) } };
}

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
    { key: "CHG0000001", events: [{ field: "state", from: "-3", to: "-2", by: "bo" }] },
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
