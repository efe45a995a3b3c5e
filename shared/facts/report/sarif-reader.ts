import type { AnalysisFinding, AnalysisRun } from "../../model/analysis-facts.ts";
import type { Fact, ReadFacts, Unread } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { commitIn, type ReportSubject, subjectOf } from "./report-subject.ts";
import { ruleIdOf, ruleOf, severityOf, sortOf } from "./sarif-rules.ts";
import { Log, Result, Run } from "./sarif-shapes.ts";

/** A log of static analysis (OASIS SARIF 2.1.0): each run, and each result as a finding. */
export function readSarif(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const log = parseShape(Log, document.json);
  if ("reason" in log) return unreadWhole(input, log);
  if (!log.data.version.startsWith("2.1")) {
    return unreadWhole(input, { reason: `version: ${log.data.version.slice(0, 20)} is not read, only 2.1.0` });
  }
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const [index, element] of log.data.runs.entries()) {
    const read = readRun(input, source, element, index);
    facts.push(...read.facts);
    unread.push(...read.unread);
  }
  return { facts, unread };
}

function readRun(input: EvidenceInput, source: Source, element: unknown, index: number): ReadFacts {
  const origin = originOf(input, `/runs/${index}`);
  const parsed = parseShape(Run, element);
  if ("reason" in parsed) return { facts: [], unread: [{ origin, reason: parsed.reason }] };
  const run = parsed.data;
  if (!run.results) {
    const reason = "results: none given, so the run tells nothing (SARIF 2.1.0, section 3.14.23)";
    return { facts: [], unread: [{ origin, reason }] };
  }
  const subject = subjectOf(input, source, { commit: commitOf(run), build: buildOf(run) });
  const findings: AnalysisFinding[] = [];
  const unread: Unread[] = [];
  for (const [inner, result] of run.results.entries()) {
    const place = originOf(input, `/runs/${index}/results/${inner}`);
    const read = parseShape(Result, result);
    if ("reason" in read) unread.push({ origin: place, reason: read.reason });
    else findings.push(findingOf(read.data, run, subject, place, `${index}/${inner}`));
  }
  return { facts: [runOf(run, subject, origin, findings, unread.length), ...findings], unread };
}

function runOf(
  run: Run,
  subject: ReportSubject,
  origin: Origin,
  findings: readonly AnalysisFinding[],
  unread: number,
): AnalysisRun {
  const { driver } = run.tool;
  const open = findings.filter(({ state, severity }) => state === "open" && severity !== "none");
  const times = (run.invocations ?? []).flatMap(({ endTimeUtc, startTimeUtc }) => endTimeUtc ?? startTimeUtc ?? []);
  return {
    kind: "analysis-run",
    origin,
    ...subject,
    tool: driver.name,
    toolVersion: driver.semanticVersion || driver.version,
    sort: sortOf(run),
    at: times.sort().at(-1) ?? null,
    succeeded: (run.invocations ?? []).every(({ executionSuccessful }) => executionSuccessful !== false),
    // A result that could not be read is a result.
    findings: open.length + unread,
  };
}

const longestMessage = 2000;

function findingOf(
  result: Result,
  run: Run,
  { repository, commit }: ReportSubject,
  origin: Origin,
  number: string,
): AnalysisFinding {
  const rule = ruleOf(result, run);
  const [location] = result.locations ?? [];
  const dismissed = suppressionOf(result);
  return {
    kind: "analysis-finding",
    origin,
    repository,
    id: result.guid || firstValue(result.fingerprints) || firstValue(result.partialFingerprints) || number,
    tool: run.tool.driver.name,
    rule: ruleIdOf(result) || rule?.id || "",
    severity: severityOf(result, rule, run),
    message: (result.message.text || result.message.markdown || result.message.id).slice(0, longestMessage),
    path: location?.physicalLocation?.artifactLocation?.uri ?? "",
    line: location?.physicalLocation?.region?.startLine ?? 0,
    commit,
    state: result.baselineState === "absent" ? "fixed" : dismissed === null ? "open" : "dismissed",
    openedAt: null,
    closedAt: null,
    closedBy: "",
    reason: dismissed ?? "",
  };
}

/**
 * Why a result is suppressed; null when it is not. One suppression that is under review or rejected leaves the result
 * open, whatever the others say (3.27.23).
 */
function suppressionOf({ suppressions }: Result): string | null {
  if (!suppressions || suppressions.length === 0) return null;
  const isAccepted = suppressions.every(({ status }) => status === "" || status === "accepted");
  return isAccepted
    ? suppressions
        .map(({ justification }) => justification)
        .filter(Boolean)
        .join("; ")
    : null;
}

/** Several repositories in one run: which of them is meant is not guessed, unless all are at one commit. */
function commitOf({ versionControlProvenance }: Run): string {
  const commits = new Set(
    (versionControlProvenance ?? []).map(({ revisionId }) => commitIn(revisionId)).filter(Boolean),
  );
  const [only = ""] = commits;
  return commits.size === 1 ? only : "";
}

/** 3.17.2: the last part of a run's id tells this run from the others. CI systems put the build's number there. */
function buildOf({ automationDetails }: Run): string {
  return /\/(\d{1,19})$/.exec(automationDetails?.id ?? "")?.[1] ?? "";
}

function firstValue(prints: Readonly<Record<string, string>> | null | undefined): string {
  const [first] = Object.entries(prints ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return first?.[1] ?? "";
}
