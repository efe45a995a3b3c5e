import { z } from "zod";
import { type Instant, instantOf } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { DetectedChange } from "../../model/production-facts.ts";
import type { Source } from "../../model/source.ts";
import { readTime } from "../../model/written-time.ts";
import { type BlockReading, readBlocks } from "../block-evidence.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReader } from "../format-reader.ts";
import { parseShape, unreadWhole } from "../json-evidence.ts";
import { type RecordReading, readJsonLines, textOf } from "../line-evidence.ts";
import { Text } from "../shapes.ts";
import { placeName, scopeOf } from "./production-origin.ts";

const Path = z.object({ path: z.string(), event: Text, changed_attributes: z.array(z.string()).nullish() });

/** Wazuh's alerts.json, and OSSEC's, which names things differently. */
const Alert = z.object({
  id: Text,
  timestamp: Text,
  TimeStamp: z.number().int().min(0).max(253_402_300_799_999).optional(),
  rule: z.object({
    level: z.int().optional(),
    id: z.union([z.string(), z.int()]).optional(),
    sidid: z.int().optional(),
    groups: z.array(z.string()).nullish(),
    group: Text,
  }),
  agent: z.object({ name: Text }).nullish(),
  agent_name: Text,
  hostname: Text,
  location: Text,
  full_log: Text,
  syscheck: Path.nullish(),
  SyscheckFile: Path.nullish(),
});
type Alert = z.infer<typeof Alert>;

/** Alerts as JSON, one a line. Those of the integrity check are changes; the others are told by the logs they come from. */
export const readOssecJson: FormatReader = (input, source) =>
  readJsonLines(input, (json, origin): RecordReading => {
    const parsed = parseShape(Alert, json);
    if ("reason" in parsed) return parsed;
    const alert = parsed.data;
    const groups = [...(alert.rule.groups ?? []), ...alert.rule.group.split(",")];
    if (!groups.includes("syscheck")) return null;
    const file = alert.syscheck ?? alert.SyscheckFile;
    const said = readFullLog(alert.full_log.split(/\r?\n/));
    const path = file?.path ?? said?.path;
    if (path === undefined) return withoutPath(alert.full_log);
    const at = timeOf(alert, input);
    if ("reason" in at) return at;
    const change: DetectedChange = {
      kind: "detected-change",
      origin,
      id: alert.id || placeName(input, origin),
      detector: "OSSEC",
      host: alert.agent?.name || alert.agent_name || hostIn(alert.location) || alert.hostname || scopeOf(source),
      at: at.at,
      since: null,
      what: changes.get(file?.event ?? "") ?? said?.what ?? "changed",
      path,
      detail: (file?.changed_attributes ?? []).join(", ") || said?.detail || "",
      severity: alert.rule.level === undefined ? "" : String(alert.rule.level),
    };
    return [change];
  });

const changes = new Map<string, DetectedChange["what"]>([
  ["added", "added"],
  ["deleted", "removed"],
  ["modified", "changed"],
]);

function timeOf({ timestamp, TimeStamp }: Alert, input: EvidenceInput) {
  return TimeStamp === undefined ? readTime(timestamp, input.reading) : { at: instantOf(TimeStamp) };
}

/**
 * OSSEC's own alerts.log: a head with the moment in seconds since 1970, where it was seen, the rule, and the event.
 * `** Alert 1738577700.123: mail  - ossec,syscheck,`
 */
export const readOssecText: FormatReader = (input, source) => {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  return readBlocks(
    input,
    document.text,
    (line) => line.startsWith("** Alert "),
    (lines, origin) => readTextAlert(lines, origin, source),
  );
};

function readTextAlert(lines: readonly string[], origin: Origin, source: Source): BlockReading {
  const [head = "", where = "", rule = "", ...log] = lines;
  const [, id = "", seconds = "", groups = ""] = /^\*\* Alert ((\d{1,11})\.\d+):.*?- ?(.*)$/.exec(head) ?? [];
  if (id === "") return { reason: "its head names no time" };
  if (!groups.split(",").includes("syscheck")) return null;
  const said = readFullLog(log);
  if (said === null) return withoutPath(log.join("\n"));
  const at: Instant = instantOf(Number(seconds) * 1000);
  const change: DetectedChange = {
    kind: "detected-change",
    origin,
    id,
    detector: "OSSEC",
    host: hostIn(where.replace(/^\d{4} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} /, "")) || scopeOf(source),
    at,
    since: null,
    what: said.what,
    path: said.path,
    detail: said.detail,
    severity: /\(level (\d+)\)/.exec(rule)?.[1] ?? "",
  };
  return [change];
}

/** `(web-1) 10.0.0.5->syscheck` is the agent web-1, `web-1->syscheck` the host web-1. */
function hostIn(location: string): string {
  return /^\(([^)]+)\)/.exec(location)?.[1] ?? /^([^\s]+)->/.exec(location)?.[1] ?? "";
}

/** A note that the check began or ended names nothing. What names something is a change in words that are not known. */
function withoutPath(log: string): { readonly reason: string } | null {
  return /'[^'\n]+'/.test(log) ? { reason: `what changed is not known from "${log.slice(0, 80)}"` } : null;
}

function readFullLog(log: readonly string[]): Pick<DetectedChange, "what" | "path" | "detail"> | null {
  const text = log.join("\n");
  const detail = [...text.matchAll(/^(?:Old )?([A-Za-z0-9 ]+?)(?: changed from| was:|sum was:)/gm)]
    .map(([, name = ""]) => name.trim())
    .filter((name) => name !== "" && !/^Integrity/.test(name));
  const words = [...new Set(detail)].join(", ");
  const [, changed] = /Integrity checksum (?:of file )?(?:changed for: |)'([^'\n]+)'(?: has changed)?/.exec(text) ?? [];
  if (changed !== undefined) return { what: "changed", path: changed, detail: words };
  const [, key, done = ""] = /Registry (?:Key|Value) '([^'\n]+)' (?:was )?(added|modified|deleted)/i.exec(text) ?? [];
  if (key !== undefined) return { what: changes.get(done.toLowerCase()) ?? "changed", path: key, detail: words };
  const [, added] =
    /New file '([^'\n]+)' added/.exec(text) ?? /File '([^'\n]+)' (?:was )?(?:re-)?added/.exec(text) ?? [];
  if (added !== undefined) return { what: "added", path: added, detail: "" };
  const [, modified] = /File '([^'\n]+)' (?:was )?modified/.exec(text) ?? [];
  if (modified !== undefined) return { what: "changed", path: modified, detail: words };
  const [, removed] = /File '([^'\n]+)' (?:was )?deleted/.exec(text) ?? [];
  return removed === undefined ? null : { what: "removed", path: removed, detail: "" };
}
