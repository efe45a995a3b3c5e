import { z } from "zod";
import type { Origin } from "../../model/origin.ts";
import type { ConvergenceRun } from "../../model/production-facts.ts";
import type { FormatReader } from "../format-reader.ts";
import { originOf, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { Time } from "../shapes.ts";

const Text = z.string().nullish().catch(null);
/** What a module answers of one host; of a loop each turn is one of `results`. */
const Result = z.looseObject({
  action: Text,
  changed: z.boolean().nullish(),
  dest: Text,
  path: Text,
  name: Text,
  results: z.array(z.looseObject({ changed: z.boolean().nullish(), dest: Text, path: Text, name: Text })).nullish(),
});
type Result = z.infer<typeof Result>;
const Duration = z.object({ start: Time, end: Time });
const Task = z.object({ task: z.object({ name: z.string() }), hosts: z.record(z.string(), Result) });
const Play = z.object({ play: z.object({ id: z.string(), duration: Duration }), tasks: z.array(Task) });
const Told = z.looseObject({ revision: Text, environment: Text, check_mode: z.unknown().optional() });
const Run = z.object({
  plays: z.array(Play).min(1),
  stats: z.record(z.string(), z.object({ failures: z.int(), unreachable: z.int() })),
  /** What playbooks tell by set_stats: of all hosts, and of single ones. Absent without ANSIBLE_SHOW_CUSTOM_STATS. */
  global_custom_stats: Told.nullish(),
  custom_stats: z.record(z.string(), Told).nullish(),
});
type Run = z.infer<typeof Run>;

/**
 * A run of a playbook, one fact a host. Ansible writes of a check run what it would change, in the same words as of a
 * run that did, so only a run that says `check_mode: false` by set_stats counts as one that changed something.
 */
export const readAnsibleRun: FormatReader = (input) => {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const parsed = parseShape(Run, document.json);
  if ("reason" in parsed) return unreadWhole(input, parsed);
  const run = parsed.data;
  const hosts = Object.keys(run.stats);
  return { facts: hosts.flatMap((host) => readHost(run, host, originOf(input, `/stats/${host}`))), unread: [] };
};

function readHost(run: Run, host: string, origin: Origin): ConvergenceRun[] {
  const [first, last] = [run.plays[0]?.play, run.plays.at(-1)?.play];
  if (first === undefined || last === undefined) return [];
  const told = { ...run.global_custom_stats, ...run.custom_stats?.[host] };
  const changed = run.plays.flatMap(({ tasks }) => tasks.flatMap((task) => changesOf(task, host)));
  const fact: ConvergenceRun = {
    kind: "convergence-run",
    origin,
    tool: "ansible",
    host,
    id: `${first.id} ${host}`,
    environment: told.environment ?? "",
    revision: told.revision ?? "",
    startedAt: first.duration.start,
    finishedAt: last.duration.end,
    outcome: outcomeOf(run.stats[host], told.check_mode, changed),
    changed,
  };
  return [fact];
}

function outcomeOf(
  stats: Run["stats"][string] | undefined,
  checkMode: unknown,
  changed: readonly string[],
): ConvergenceRun["outcome"] {
  if ((stats?.failures ?? 0) > 0 || (stats?.unreachable ?? 0) > 0) return "failed";
  // A template gives the value as text.
  if (checkMode !== false && !/^false$/i.test(String(checkMode))) return "audit";
  return changed.length > 0 ? "changed" : "unchanged";
}

/** "copy[/etc/ledger.conf]", or the task's name where a module names nothing that it changed. */
function changesOf({ task, hosts }: z.infer<typeof Task>, host: string): string[] {
  const result = hosts[host];
  if (result === undefined) return [];
  const turns: readonly Omit<Result, "action" | "results">[] = result.results ?? [result];
  return turns
    .filter(({ changed }) => changed === true)
    .map(({ dest, path, name }) => `${result.action ?? "task"}[${dest ?? path ?? name ?? task.name}]`);
}
