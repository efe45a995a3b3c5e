import { servicenowTool } from "../../../../electron/sources/servicenow/servicenow-tool.ts";
import { startTool } from "../deploy/tool-under-test.ts";
import type { SeenRequest } from "../http/loopback-server.ts";

const idOf = (number: number) => number.toString(16).padStart(32, "0");
const numberOf = (id: string) => `CHG${String(Number.parseInt(id, 16)).padStart(7, "0")}`;
type Field = { value: string; display_value: string };
export const field = (value: string, display_value = value): Field => ({ value, display_value });

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
  /** Keys of rows that are counted, and that the account may not see. */
  hidden: Set<string>;
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
export const approvalRow = (id: string, state: string, whole = "approved") => ({
  "sys_id": field(id),
  "sysapproval": field(idOf(1), numberOf(idOf(1))),
  "sysapproval.number": field(numberOf(idOf(1))),
  "approver": field("u2", "Bo Example"),
  "approver.user_name": field("bo"),
  "sysapproval.approval": field(whole),
  "state": field(state),
  "sys_updated_on": field("2025-02-02 09:30:00"),
  "group": field("g1", "CAB Approval"),
});

export async function startServicenow(count: number, fields: Record<string, unknown> = {}) {
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
    hidden: new Set(),
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
  const page = found.slice(offset, offset + Number(query.get("sysparm_limit")));
  const result = page.filter((row) => !fake.hidden.has(row.sys_id?.value ?? ""));
  return { body: { result }, headers: { "x-total-count": String(found.length) } };
}
