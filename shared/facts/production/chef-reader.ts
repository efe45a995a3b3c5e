import { z } from "zod";
import type { ConvergenceRun } from "../../model/production-facts.ts";
import { readTime } from "../../model/written-time.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReader } from "../format-reader.ts";
import {
  type ElementReader,
  isUnreadable,
  originOf,
  parseJson,
  parseShape,
  readElements,
  unreadWhole,
} from "../json-evidence.ts";
import { readJsonLines } from "../line-evidence.ts";
import { Text } from "../shapes.ts";

const Resource = z.object({
  type: Text,
  name: Text,
  id: Text,
  status: Text,
  cookbook_name: Text,
  cookbook_version: Text,
});
type Resource = z.infer<typeof Resource>;

const Told = z.looseObject({ why_run: z.unknown() }).partial().nullish().catch(null);
const Node = z.looseObject({
  name: Text,
  chef_environment: Text,
  policy_name: Text,
  policy_group: Text,
  automatic: z.looseObject({ policy_revision: Text }).partial().nullish().catch(null),
  default: Told,
  normal: Told,
  override: Told,
});

/** The message of a finished run, as chef-client sends it to Automate (data collector, `run_converge`). */
const Message = z.object({
  message_type: z.literal("run_converge"),
  id: Text,
  run_id: Text,
  node_name: z.string(),
  start_time: z.string(),
  end_time: Text,
  status: z.string(),
  updated_resource_count: z.int().nonnegative().nullish(),
  resources: z.array(Resource).nullish(),
  policy_group: Text,
  node: Node.nullish(),
});

/**
 * What the handler Chef::Handler::JsonFile writes, of a why-run in the words of a run that changed something: handlers run
 * after both. So only a run that tells `why_run: false` by an attribute of its node counts as one that changed something.
 * The messages to Automate are never of a why-run.
 */
const Handled = z.object({
  node: z.union([Node, z.string()]).nullish(),
  success: z.boolean(),
  start_time: z.string(),
  end_time: Text,
  run_id: Text,
  updated_resources: z.array(z.unknown()).nullish(),
});

/** One report of a run of chef-client, or a list of them. */
export const readChefRun: FormatReader = (input) => {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const read = reader(input);
  if (Array.isArray(document.json)) return readElements(input, document.json, "", read);
  const facts = read(document.json, originOf(input, ""));
  return isUnreadable(facts) ? unreadWhole(input, facts) : { facts, unread: [] };
};

/** Reports of runs of chef-client, one a line. That a run began says nothing yet. */
export const readChefRuns: FormatReader = (input) => {
  const read = reader(input);
  return readJsonLines(input, (json, origin) => (isStart(json) ? null : read(json, origin)));
};

function isStart(json: unknown): boolean {
  return z.object({ message_type: z.literal("run_start") }).safeParse(json).success;
}

function reader(input: EvidenceInput): ElementReader {
  return (element, origin) => {
    const message = Message.safeParse(element);
    const run = message.success ? ofMessage(message.data) : ofHandler(element);
    if ("reason" in run) return run;
    const { written, ...rest } = run;
    const start = readTime(chefTime(written.start), input.reading);
    if ("reason" in start) return { reason: `start_time: ${start.reason}` };
    const end = readTime(chefTime(written.end), input.reading);
    const fact: ConvergenceRun = {
      kind: "convergence-run",
      origin,
      tool: "chef",
      ...rest,
      id: rest.id || `${rest.host} ${start.at}`,
      startedAt: start.at,
      finishedAt: "at" in end ? end.at : null,
    };
    return [fact];
  };
}

function ofMessage(message: z.infer<typeof Message>) {
  const updated = (message.resources ?? []).filter(({ status }) => status === "updated");
  const isChanged = updated.length > 0 || (message.updated_resource_count ?? 0) > 0;
  return {
    host: message.node_name,
    id: message.run_id || message.id,
    environment: message.node?.chef_environment || message.policy_group || message.node?.policy_group || "",
    revision: message.node?.automatic?.policy_revision || cookbooksOf(message.resources ?? []),
    outcome: outcomeOf(message.status === "success", isChanged),
    changed: updated.map(({ type, name, id }) => `${type}[${name || id}]`),
    written: { start: message.start_time, end: message.end_time },
  };
}

function ofHandler(element: unknown) {
  const parsed = parseShape(Handled, element);
  if ("reason" in parsed) return parsed;
  const { node, success, start_time, end_time, run_id, updated_resources: updated } = parsed.data;
  const known = typeof node === "object" ? node : null;
  return {
    host: typeof node === "string" ? (/^node\[([^\]]+)\]$/.exec(node)?.[1] ?? node) : (known?.name ?? ""),
    id: run_id,
    environment: known?.chef_environment || known?.policy_group || "",
    revision: known?.automatic?.policy_revision ?? "",
    outcome: isNoWhyRun(known) ? outcomeOf(success, (updated ?? []).length > 0) : ("audit" as const),
    changed: (updated ?? []).map(nameIn).filter((name) => name !== ""),
    written: { start: start_time, end: end_time },
  };
}

function isNoWhyRun(node: z.infer<typeof Node> | null): boolean {
  const told = [node?.default, node?.normal, node?.override].flatMap((level) => level?.why_run ?? []);
  return told.length > 0 && told.every((value) => value === false || value === "false");
}

/** A resource as Ruby prints it, `file[/etc/quay.conf]`, or as its JSON names it. */
function nameIn(resource: unknown): string {
  if (typeof resource === "string") return /^[\w-]+\[[^\]]*\]/.exec(resource)?.[0] ?? resource.slice(0, 200);
  const parsed = z.object({ instance_vars: z.looseObject({ name: Text, declared_type: Text }) }).safeParse(resource);
  const variables = parsed.data?.instance_vars;
  return variables ? `${variables.declared_type}[${variables.name}]` : "";
}

/** "quay 1.4.0, ssh 2.0.1": what was applied, where no revision of a policy names it. */
function cookbooksOf(resources: readonly Resource[]): string {
  const used = resources.map(({ cookbook_name: name, cookbook_version: version }) => `${name} ${version}`.trim());
  return [...new Set(used.filter((one) => one !== ""))].sort().join(", ");
}

function outcomeOf(isSuccess: boolean, isChanged: boolean): ConvergenceRun["outcome"] {
  if (!isSuccess) return "failed";
  return isChanged ? "changed" : "unchanged";
}

/** Ruby prints a time as `2025-02-03 10:15:00 +0000`; Automate's messages are in ISO 8601. */
function chefTime(text: string): string {
  return text.replace(/ UTC$/, " +0000");
}
