import { z } from "zod";
import type { SourceOf } from "../../../shared/model/source.ts";
import { windowOf } from "../audit-window.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import { parseAnswer } from "../http/json-client.ts";
import { createJsonListClient } from "../list-pull/json-list-client.ts";
import type { Question } from "../list-pull/list-cursor.ts";
import { createListDriver } from "../list-pull/list-driver.ts";
import type { Identity, ListClient, ListTool } from "../list-pull/list-tool.ts";
import type { SourceContext } from "../source-driver.ts";

const perPage = 200;
const Value = z.object({ value: z.string(), display_value: z.string().nullish() }).or(z.string());
const Row = z.record(z.string(), Value.nullish());
const Rows = z.object({ result: z.array(Row) });
type Row = z.infer<typeof Row>;

const lists = {
  "change requests": { table: "change_request", format: "servicenow.changes", key: "sys_id", change: "" },
  "approvals": { table: "sysapproval_approver", format: "servicenow.approvals", key: "sys_id", change: "" },
  "journal entries": {
    table: "sys_journal_field",
    format: "servicenow.journal",
    key: "sys_id",
    change: "element_id",
  },
  "audited changes of fields": {
    table: "sys_audit",
    format: "servicenow.audit",
    key: "sys_id",
    change: "documentkey",
  },
} as const;
type ListName = keyof typeof lists;
const listNames = Object.keys(lists) as ListName[];

/** Change requests of ServiceNow with their approvals, comments and history, over the table API. */
export const servicenowTool: ListTool<"servicenow"> = {
  kind: "servicenow",
  name: "ServiceNow",
  other: "servicenow.other",
  connect(source, context, limits, onWait) {
    const secret = context.readSecret(source.token);
    const basic = Buffer.from(`${source.user ?? ""}:${secret}`, "utf8").toString("base64");
    const authorization = source.user === undefined ? `Bearer ${secret}` : `Basic ${basic}`;
    return createJsonListClient(source, { authorization }, context, limits, onWait);
  },
  identify,
  begin: (source, context) => listNames.map((list) => page(source, context, list, 0)),
  read(question, answer, source, context) {
    const rows = parseAnswer(Rows, answer).result;
    const list = listNames.find((name) => name === question.list) ?? "change requests";
    const keys = rows.map((row) => storedIn(row, lists[list].key));
    const total = Number(answer.headers.get("x-total-count") ?? Number.NaN);
    const offset = Number(question.memo.offset ?? 0);
    // The next page begins with this one's last row, so that rows that moved up between the two are noticed. Rows that the
    // account may not see are taken out of a page when they are counted already: it is shorter, and the next one reads on
    // from its last row as well. A page of which nothing new is left to hold on to is passed over whole.
    const holds = rows.length > 1;
    const read = offset + (holds ? rows.length : perPage);
    const isMore = Number.isNaN(total) ? holds : read < total;
    const next = holds ? page(source, context, list, read - 1, keys.at(-1)) : page(source, context, list, read);
    const column = lists[list].change;
    return {
      keys,
      total: Number.isNaN(total) ? null : total,
      ...(isMore ? { next } : {}),
      ...(column === "" ? {} : numbersOf(rows.map((row) => storedIn(row, column)))),
    };
  },
  describe: (source, context) => ({
    endpoint: `ServiceNow at ${source.apiUrl}`,
    query: listNames.map((list) => `${lists[list].table}: ${queryOf(source, context, list)}`).join("; "),
  }),
  covers: ({ numberPrefix: scope }, { refused }) => [
    { kind: "tickets", scope, restsOn: ["change requests"] },
    ...(refused.includes("approvals")
      ? []
      : [{ kind: "decisions", scope, restsOn: ["change requests", "approvals"] } as const]),
  ],
  remarks: [
    "ServiceNow leaves out rows and fields that the account may not read, and rows of other domains; only what its total counts is missed by Tickmark.",
    "When an approver decided, and whether it was that person, a delegate or a rule, is told by the last update of the approval: what touched it later takes its place.",
  ],
};

export const servicenowDriver = createListDriver(servicenowTool);

function page(
  source: SourceOf<"servicenow">,
  context: SourceContext,
  list: ListName,
  offset: number,
  anchor?: string,
): Question {
  const { table, format } = lists[list];
  return {
    list,
    path: `api/now/table/${table}`,
    query: {
      sysparm_query: queryOf(source, context, list),
      sysparm_display_value: "all",
      sysparm_exclude_reference_link: "true",
      ...(fields[list] === undefined ? {} : { sysparm_fields: fields[list] }),
      sysparm_limit: perPage,
      sysparm_offset: offset,
    },
    format,
    memo: { offset },
    ...(anchor === undefined ? {} : { anchor }),
    ...(list === "change requests" ? {} : { without: `what ServiceNow keeps in ${table} is not known` }),
  };
}

/** Who it was is asked for as an account: a reference shows a name only, and two people can have the same. */
const fields: Partial<Record<ListName, string>> = {
  "change requests":
    "sys_id,number,type,short_description,description,state,risk,opened_at,sys_created_on,sys_updated_on,closed_at,start_date,end_date,work_start,work_end,close_code,approval,correlation_id,requested_by,requested_by.user_name,opened_by,opened_by.user_name,assigned_to,assigned_to.user_name,justification,close_notes,work_notes,comments",
  "approvals":
    "sys_id,sysapproval,sysapproval.number,sysapproval.approval,approver,approver.user_name,state,sys_created_on,sys_updated_on,sys_updated_by,comments,group,group.assignment_group,source_table",
};

/** Changes of whatever age that existed by then, since one of the period may go back to an old one; the rest by its time. */
function queryOf({ filter }: SourceOf<"servicenow">, { period }: SourceContext, list: ListName): string {
  const { from, to } = windowOf(period);
  const since = `sys_created_on>=${timeOf(from)}`;
  const until = `sys_created_on<${timeOf(to)}`;
  switch (list) {
    case "change requests":
      return [...(filter === undefined ? [] : [filter]), until, "ORDERBYsys_id"].join("^");
    case "approvals":
      return `sysapproval.sys_class_name=change_request^${until}^ORDERBYsys_id`;
    case "journal entries":
      return `name=change_request^elementINcomments,work_notes^${since}^${until}^ORDERBYsys_id`;
    case "audited changes of fields":
      return `tablename=change_request^${since}^${until}^ORDERBYsys_id`;
  }
}

/** UTC, as the table API's queries and values have it. */
function timeOf(instant: string): string {
  return instant.slice(0, 19).replace("T", " ");
}

/** Journal and audit know a change by its id only; which number that is, is asked for with each page. */
function numbersOf(ids: readonly string[]) {
  const wanted = [...new Set(ids)].filter((id) => /^[0-9a-f]{32}$/.test(id)).sort();
  const questions = Array.from({ length: Math.ceil(wanted.length / 50) }, (_, index): Question => {
    const part = wanted.slice(index * 50, (index + 1) * 50);
    const query = { sysparm_query: `sys_idIN${part.join(",")}`, sysparm_fields: "sys_id,number", sysparm_limit: 50 };
    return { list: "", path: "api/now/table/change_request", query, format: "servicenow.other", memo: {} };
  });
  return {
    companions: questions,
    reading(companions: readonly JsonAnswer[]) {
      const rows = companions.flatMap((companion) => parseAnswer(Rows, companion).result);
      return { names: Object.fromEntries(rows.map((row) => [storedIn(row, "sys_id"), storedIn(row, "number")])) };
    },
  };
}

function storedIn(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : (value?.value ?? "");
}

/** Roles that read and change nothing. */
const readingRoles = /(_read|_reader|read_only|^sn_change_read|^snc_internal|^snc_external|dashboard_user)$/;

async function identify(client: ListClient): Promise<Identity> {
  const who = await client.ask({
    path: "api/now/table/sys_user",
    query: {
      sysparm_query: "user_name=javascript:gs.getUserName()",
      sysparm_fields: "sys_id,user_name,name",
      sysparm_limit: 1,
    },
  });
  const [user] = parseAnswer(Rows, who).result;
  const [id, login, name] = ["sys_id", "user_name", "name"].map((column) => storedIn(user ?? {}, column));
  const held = await client.ask({
    path: "api/now/table/sys_user_has_role",
    query: { sysparm_query: `user=${id}`, sysparm_fields: "sys_id,role.name", sysparm_limit: 1000 },
  });
  const roles = parseAnswer(Rows, held).result.map((row) => storedIn(row, "role.name"));
  const writing = roles.filter((role) => role !== "" && !readingRoles.test(role));
  const isTold = login !== "" && roles.length > 0;
  return {
    account: id ?? "",
    identity: name ? `${name} (${login})` : (login ?? ""),
    access: isTold ? `roles: ${roles.join(", ")}` : "roles not told",
    canWrite: isTold ? writing.length > 0 : null,
    notes: login === "" ? ["ServiceNow did not say whom the secret belongs to."] : [],
    answers: [who, held],
  };
}
