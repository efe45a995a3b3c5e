import { closeSync, openSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RedactionLog } from "../../../shared/bundle/redaction/redaction-log.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { testedControl } from "../../../shared/evaluation/evaluation.ts";
import type { VerifyRequest } from "../../../shared/ipc/keeper-contract.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { firstFailure, type VerificationReport } from "../../../shared/model/verification-report.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import { listUnknown } from "../../../shared/population/item-persons.ts";
import type { BundleStatements } from "../../../shared/verification/bundle-reading.ts";
import { readStatedViews, type StatedViews } from "../../../shared/verification/stated-views.ts";
import { type CopiedBundle, copyBundle, type FrozenItem, openCopy } from "../../store/engagement-file.ts";
import { verifyFiles } from "../../verifier/verify-files.ts";
import { makeCopyFolder } from "../bundle-copies.ts";
import { catalogName } from "../catalog-settings.ts";
import type { Session } from "../session.ts";
import { otherFormsName } from "../views/evidence-view.ts";
import { describeFrozen, type PopulationDocument } from "./population-step.ts";

/**
 * Verifies a bundle, and opens what it states in the place of the engagement, to be looked at. The statements are taken while the
 * audit is done again from them, out of the same open archive: a file that is exchanged meanwhile is not what is shown.
 *
 * @throws TickmarkError `bundle-part-invalid` for one that does not hold; `request-invalid` for one that states only a part of its audit
 * or states it otherwise; and those of verifying
 */
export async function browseBundle(session: Session, { zipPath, ...trust }: VerifyRequest): Promise<void> {
  const path = resolve(zipPath);
  const folder = await makeCopyFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const copyPath = join(folder, "bundle.tickmark");
  try {
    const { report, evidence } = await session.work(async (signal) => {
      let evidence: EvidenceScope | null = null;
      const report = await verifyFiles({
        zipPath: path,
        ...trust,
        signal,
        onProgress: (progress) => session.emit("work-progress", progress),
        async take(contents, statements) {
          requireWholeAudit(statements);
          closeSync(openSync(copyPath, "wx", 0o600));
          await copyBundle(copyPath, restate(statements, await readStatedViews(contents), signal));
          evidence = statements.engagement.evidenceScope;
        },
      });
      return { report, evidence: evidence as EvidenceScope | null };
    });
    const { verdict } = requireHolding(report);
    if (evidence === null) throw unreadable(report);
    const browsed = { verdict, trustedName: report.signer?.trustedName ?? null, evidence };
    await session.browse(openCopy(copyPath, path, remove), path, browsed);
  } catch (thrown) {
    remove();
    throw thrown;
  }
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
  const undone = checks.find(({ id, outcome }) => id === "results" && outcome === "not-possible");
  return new TickmarkError(
    "request-invalid",
    `The audit in the bundle was not done again, and nothing of it is shown: ${undone?.detail ?? "a check could not be done."}`,
    "Open the report or the page index.html in it, or use the version of Tickmark that made it.",
  );
}

/** Of a part, and where what people judged and signed off was redacted, sign-offs and conclusions would come out as if something were missing or void. */
function requireWholeAudit({ engagement, redactions }: BundleStatements): void {
  const isChanged = redactions !== null && (redactions.edition === "redacted" || redactions.statements.length > 0);
  if (engagement.split === undefined && !isChanged) return;
  throw new TickmarkError(
    "request-invalid",
    isChanged
      ? "What the bundle states was redacted: it is not the audit as it was signed off, and cannot be shown as such."
      : "The bundle is one of several, and does not have the whole audit to show.",
    "Open the report or the page index.html in it.",
  );
}

function restate(statements: BundleStatements, { weeks }: StatedViews, signal: AbortSignal): CopiedBundle {
  const { engagement, people, ipe, draws, judgements, exceptions, signOffs, reviewNotes, activities } = statements;
  const settings = { text: statements.catalogText, parameters: engagement.parameters };
  const changes = statements.currentFreezes.find(({ population }) => population === "change");
  const others = formsOf(statements.redactions);
  return {
    engagement: engagement.engagement,
    sources: engagement.sources,
    people,
    ipe,
    evidence: readRecords(statements, others, signal),
    freezes: restateFreezes(statements),
    documents: [
      { freeze: "", name: catalogName, json: settings },
      { freeze: "", name: otherFormsName, json: [...others] },
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

/** Hashes of the records that the bundle has without their secrets. */
function formsOf(redactions: RedactionLog | null): ReadonlySet<string> {
  return new Set(redactions?.evidence.map(({ original }) => original.sha256));
}

async function* readRecords(
  { evidence, readEvidence }: BundleStatements,
  others: ReadonlySet<string>,
  signal: AbortSignal,
): AsyncGenerator<{ record: Evidence; bytes: Uint8Array | null }> {
  for (const record of evidence) {
    signal.throwIfAborted();
    yield { record, bytes: others.has(record.sha256) ? null : await readEvidence(record.sha256) };
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
  // Made by the same version, or else nothing is taken.
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
    const tested = controls.filter((control) => control.population === population).map(testedControl);
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
