import { closeSync, openSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { isControlInPart } from "../../../shared/bundle/bundle-split.ts";
import type { RedactionLog } from "../../../shared/bundle/redaction/redaction-log.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { testedControl } from "../../../shared/evaluation/evaluation.ts";
import type { VerifyRequest } from "../../../shared/ipc/keeper-contract.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { firstFailure, integrityCheckIds, type VerificationReport } from "../../../shared/model/verification-report.ts";
import type { BrowsedBundle, PopulationView } from "../../../shared/model/view.ts";
import { listUnknown } from "../../../shared/population/item-persons.ts";
import type { BundleStatements } from "../../../shared/verification/bundle-reading.ts";
import { readStatedViews, type StatedViews } from "../../../shared/verification/stated-views.ts";
import { type CopiedBundle, copyBundle, type FrozenItem, openCopy } from "../../store/engagement-file.ts";
import { verifyFiles } from "../../verifier/verify-files.ts";
import { makeCopyFolder } from "../bundle-copies.ts";
import { type StatedByBundle, statedName } from "../bundle-limits.ts";
import { catalogName } from "../catalog-settings.ts";
import type { Session } from "../session.ts";
import { type OtherForm, otherFormsName } from "../views/evidence-view.ts";
import { describeFrozen, type PopulationDocument } from "./population-step.ts";

/**
 * Verifies a bundle, and opens what it states in the place of the engagement, to be looked at. The statements are taken while the
 * audit is done again from them, out of the same open archive: a file that is exchanged meanwhile is not what is shown.
 *
 * One of several, and one whose statements were redacted, is shown as far as it goes: see bundle-limits.ts.
 *
 * @throws TickmarkError `bundle-part-invalid` for one that does not hold; `request-invalid` for one of an earlier format, or by another
 * version, that does not come out the same; and those of verifying
 */
export async function browseBundle(session: Session, { zipPath, ...trust }: VerifyRequest): Promise<void> {
  const path = resolve(zipPath);
  const folder = await makeCopyFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const copyPath = join(folder, "bundle.tickmark");
  try {
    const { report, taken } = await session.work(async (signal) => {
      let taken: Taken | null = null;
      const report = await verifyFiles({
        zipPath: path,
        ...trust,
        signal,
        onProgress: (progress) => session.emit("work-progress", progress),
        async take(contents, statements) {
          closeSync(openSync(copyPath, "wx", 0o600));
          await copyBundle(copyPath, restate(statements, await readStatedViews(contents), signal));
          taken = describe(statements);
        },
      });
      return { report, taken: taken as Taken | null };
    });
    const { verdict } = requireHolding(report);
    if (taken === null) throw unreadable(report);
    const trustedName = report.signer?.trustedName ?? null;
    const browsed = { ...taken, verdict, trustedName, stated: titlesOfUndone(report) };
    await session.browse(openCopy(copyPath, path, remove), path, browsed);
  } catch (thrown) {
    remove();
    throw thrown;
  }
}

type Taken = Pick<BrowsedBundle, "evidence" | "part" | "redacted">;

function describe({ engagement, redactions }: BundleStatements): Taken {
  const { evidenceScope, split } = engagement;
  // A secret in a record alone changes nothing that was stated, judged or signed off.
  const isRedacted = redactions !== null && (redactions.edition === "redacted" || redactions.statements.length > 0);
  return {
    evidence: evidenceScope,
    ...(split === undefined ? {} : { part: split }),
    ...(isRedacted ? { redacted: redactions.edition } : {}),
  };
}

/** Of the audit; who signed is told by the verdict. */
function titlesOfUndone({ checks }: VerificationReport): string[] {
  const ofFiles: readonly string[] = integrityCheckIds;
  const undone = checks.filter(({ id, outcome }) => outcome === "not-possible" && !ofFiles.includes(id));
  return undone.map(({ title }) => title);
}

function requireHolding({ verdict, checks }: VerificationReport) {
  if (verdict !== "failed") return { verdict };
  const failure = firstFailure({ checks });
  throw new TickmarkError(
    "bundle-part-invalid",
    `The bundle does not hold, and nothing of it is shown: ${failure?.detail ?? "a check could not be done."}`,
    "Verify it to see all checks, and ask for a bundle that holds.",
  );
}

function unreadable({ checks }: VerificationReport): TickmarkError {
  const undone = (["results", "documents", "attestations"] as const)
    .map((wanted) => checks.find(({ id, outcome }) => id === wanted && outcome === "not-possible"))
    .find((check) => check !== undefined);
  return new TickmarkError(
    "request-invalid",
    `The audit in the bundle was not done again, and nothing of it is shown: ${undone?.detail ?? "a check could not be done."}`,
    "Open the report or the page index.html in it, or use the version of Tickmark that made it.",
  );
}

function restate(statements: BundleStatements, { weeks, standing }: StatedViews, signal: AbortSignal): CopiedBundle {
  const { engagement, people, ipe, draws, judgements, exceptions, signOffs, reviewNotes, activities } = statements;
  const settings = { text: statements.catalogText, parameters: engagement.parameters };
  const changes = statements.currentFreezes.find(({ population }) => population === "change");
  const others = formsOf(statements.redactions);
  const stated: StatedByBundle = { standing, conclusions: statements.summaries };
  return {
    engagement: engagement.engagement,
    sources: engagement.sources,
    people,
    ipe,
    evidence: readRecords(statements, others, signal),
    freezes: restateFreezes(statements),
    documents: [
      { freeze: "", name: catalogName, json: settings },
      { freeze: "", name: otherFormsName, json: Object.fromEntries(others) },
      { freeze: "", name: statedName, json: stated },
      ...(changes ? [{ freeze: changes.id, name: "population", json: restatePopulation(statements, weeks) }] : []),
    ],
    draws,
    tested: restateResults(statements),
    judgements,
    exceptions,
    signOffs,
    reviewNotes,
    activities,
  };
}

/** By the hashes of the records as they were received. */
function formsOf(redactions: RedactionLog | null): ReadonlyMap<string, OtherForm> {
  return new Map(
    redactions?.evidence.map(({ original, derived, replaced, withheld }) => [
      original.sha256,
      {
        derived: derived?.sha256 ?? null,
        replaced: replaced.map(({ kind, count }) => ({ kind, count })),
        withheld,
      },
    ]),
  );
}

async function* readRecords(
  { evidence, readEvidence }: BundleStatements,
  others: ReadonlyMap<string, OtherForm>,
  signal: AbortSignal,
): AsyncGenerator<{ record: Evidence; bytes: Uint8Array; isDerived: boolean }> {
  for (const record of evidence) {
    signal.throwIfAborted();
    yield { record, bytes: await readEvidence(record.sha256), isDerived: others.has(record.sha256) };
  }
}

function restateFreezes({ freezes, currentFreezes, ids, items, draws }: BundleStatements): CopiedBundle["freezes"] {
  return freezes.map((freeze) => {
    const { id, population } = freeze;
    const isWhole = currentFreezes.some((current) => current.id === id);
    const drawn = draws.filter(({ freezeId }) => freezeId === id).flatMap((draw) => draw.items);
    if (!isWhole) return { freeze, isWhole, items: Array.from(new Set(drawn), idAlone) };
    const sampled = new Map((items.get(population) ?? []).map((item) => [item.id, item]));
    const describe = (each: string): FrozenItem => {
      const item = sampled.get(each);
      return item ? describeFrozen(population, item) : idAlone(each);
    };
    return { freeze, isWhole, items: Iterator.from(ids.get(population) ?? []).map(describe) };
  });
}

const idAlone = (id: string): FrozenItem => ({ id, json: null });

function restatePopulation(statements: BundleStatements, weeks: StatedViews["weeks"]): PopulationDocument {
  const { exclusions, reconciliation, ipe, items } = statements;
  // Nothing is taken where this is not stated.
  if (reconciliation === null) throw new RangeError("The bundle states no reconciliation.");
  const unread: PopulationView["unread"] = ipe.flatMap(({ sourceId, reading }) =>
    (reading?.unread.first ?? []).map(({ evidence, place, reason }) => ({ sourceId, evidence, place, reason })),
  );
  const unknown = listUnknown(PopulationKind.options.flatMap((kind) => items.get(kind) ?? []));
  return { reconciliation, exclusions: exclusions.exclusions, remarks: exclusions.remarks, unread, unknown, weeks };
}

function restateResults({ catalogText, engagement, samples, results }: BundleStatements): CopiedBundle["tested"] {
  const { controls } = compileCatalog(catalogText, engagement.parameters);
  return samples.flatMap(({ population, draws }) => {
    const tested = controls
      .filter((control) => control.population === population)
      .map(testedControl)
      .filter(({ control }) => isControlInPart(engagement.split, control));
    return draws.map(({ id, items }) => ({
      drawId: id,
      controls: tested,
      items: Iterator.from(items).map((item) => {
        const byControl = Map.groupBy(results.of(population, item), ({ control }) => control);
        return tested.map(({ control }) =>
          (byControl.get(control) ?? []).map(({ outcome, reason }) => ({ outcome, reason })),
        );
      }),
    }));
  });
}
