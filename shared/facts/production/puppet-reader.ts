import { z } from "zod";
import { type Instant, instantOf, millisecondsOf, parseInstant } from "../../model/instant.ts";
import type { ConvergenceRun } from "../../model/production-facts.ts";
import { readArray } from "../array-evidence.ts";
import type { FormatReader } from "../format-reader.ts";
import { type ElementReader, originOf, parseShape, unreadWhole } from "../json-evidence.ts";
import { OptionalTime, Text, Time } from "../shapes.ts";
import { parseYaml } from "../yaml-evidence.ts";

/** What Puppet writes into its reports of its own classes. They are read as plain mappings, and nothing is made of them. */
const puppetTags = [
  "Transaction::Report",
  "Transaction::Event",
  "Resource::Status",
  "Util::Log",
  "Util::Metric",
  "Util::TagSet",
].map((name) => `!ruby/object:Puppet::${name}`);

const mostAliases = 10_000;
const mostNamed = 10_000;

const Status = z.object({ changed: z.boolean().nullish() });
const Report = z.object({
  host: z.string(),
  time: z.string(),
  status: Text,
  noop: z.boolean().nullish(),
  environment: Text,
  configuration_version: z.union([z.string(), z.number()]).nullish(),
  code_id: Text,
  transaction_uuid: Text,
  metrics: z
    .looseObject({ time: z.object({ values: z.array(z.array(z.unknown())).nullish() }).nullish() })
    .nullish()
    .catch(null),
  resource_statuses: z.record(z.string(), Status.catch({ changed: false })).nullish(),
});

/**
 * A report of a run of Puppet as its agents and servers keep it (YAML, report formats 4 to 12). What the configuration
 * was is what `config_version` gave: a commit where it is set up so, a number of seconds otherwise.
 */
export const readPuppetReport: FormatReader = (input) => {
  const document = parseYaml(input, { plainTags: puppetTags, aliases: mostAliases });
  if ("reason" in document) return unreadWhole(input, document);
  const parsed = parseShape(Report, document.documents[0]);
  if ("reason" in parsed) return unreadWhole(input, parsed);
  const report = parsed.data;
  const startedAt = parseInstant(report.time.replace(/(\.\d{3})\d+/, "$1"));
  if (startedAt === null) return unreadWhole(input, { reason: "time: not a time with its zone" });
  const changed = Object.entries(report.resource_statuses ?? {}).flatMap(([name, { changed: is }]) =>
    is ? [name] : [],
  );
  const fact: ConvergenceRun = {
    kind: "convergence-run",
    origin: originOf(input, ""),
    tool: "puppet",
    host: report.host,
    id: report.transaction_uuid || `${report.host} ${startedAt}`,
    environment: report.environment,
    revision: String(report.configuration_version ?? "") || report.code_id,
    startedAt,
    finishedAt: endOf(startedAt, report.metrics?.time?.values),
    outcome: outcomeOf(report.status, report.noop === true),
    changed: changed.slice(0, mostNamed),
  };
  return { facts: [fact], unread: [] };
};

/** The metric `total` of the time is how long the run took, in seconds. */
function endOf(startedAt: Instant, values: readonly (readonly unknown[])[] | null | undefined): Instant | null {
  const total = values?.find(([name]) => name === "total")?.[2];
  if (typeof total !== "number" || !(total >= 0 && total < 1e7)) return null;
  return instantOf(millisecondsOf(startedAt) + Math.round(total * 1000));
}

/** A run that only looks reports what it would have done. */
function outcomeOf(status: string, isNoop: boolean): ConvergenceRun["outcome"] {
  if (status === "unchanged") return isNoop ? "audit" : "unchanged";
  // A status that is not known is no success.
  if (status !== "changed") return "failed";
  return isNoop ? "audit" : "changed";
}

const Event = z.object({ resource_type: Text, resource_title: Text, status: Text });
const Stored = z.object({
  certname: z.string(),
  start_time: Time,
  end_time: OptionalTime,
  status: Text,
  noop: z.boolean().nullish(),
  environment: Text,
  configuration_version: Text,
  transaction_uuid: Text,
  hash: Text,
  resource_events: z
    .object({ data: z.array(Event.catch({ resource_type: "", resource_title: "", status: "" })).nullish() })
    .nullish()
    .catch(null),
});

/** Reports as PuppetDB gives them (`/pdb/query/v4/reports`). */
export const readPuppetdbReports: FormatReader = (input) => readArray(input, [""], readStored);

const readStored: ElementReader = (element, origin) => {
  const parsed = parseShape(Stored, element);
  if ("reason" in parsed) return parsed;
  const report = parsed.data;
  const events = report.resource_events?.data ?? [];
  const changed = events.filter(({ status }) => status === "success");
  const names = changed.map(({ resource_type: type, resource_title: title }) => `${type}[${title}]`);
  const fact: ConvergenceRun = {
    kind: "convergence-run",
    origin,
    tool: "puppet",
    host: report.certname,
    id: report.transaction_uuid || report.hash || `${report.certname} ${report.start_time}`,
    environment: report.environment,
    revision: report.configuration_version,
    startedAt: report.start_time,
    finishedAt: report.end_time,
    outcome: outcomeOf(report.status, report.noop === true),
    changed: [...new Set(names)].slice(0, mostNamed),
  };
  return [fact];
};
