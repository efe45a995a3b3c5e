import type { Catalog } from "../../../shared/model/catalog.ts";
import type { EvidenceKind } from "../../../shared/model/coverage.ts";
import type { Outcome, Result } from "../../../shared/model/result.ts";
import type { ItemView } from "../../../shared/model/view.ts";
import { changeEntries } from "./change-entries.ts";
import { deploymentEntries } from "./deployment-entries.ts";
import { type Entry, type LinkKind, linkKinds } from "./link-entry.ts";
import { toldEntries } from "./told-entries.ts";

/* The chain of one item, ready to be shown: what stands where, and which results speak about which link. */

/** Results that say nothing but that evidence is missing, and which kinds of it they miss between them. */
export interface Unpulled {
  readonly results: readonly Result[];
  readonly missing: readonly EvidenceKind[];
}

export interface Link {
  readonly kind: LinkKind;
  /** Whether the evidence of this link was pulled for this item. Without it, nothing found means nothing. */
  readonly isCovered: boolean;
  readonly entries: readonly Entry[];
  readonly evidence: ItemView["evidence"];
  /** Results that are told in full here: of all that they read, this link is what they are most about. */
  readonly told: readonly Result[];
  /** Of the results that are most about this link, those for which something was not pulled: told together. */
  readonly unpulled: Unpulled | null;
  /** Results that read this link too and are told at another. */
  readonly alsoRead: readonly Result[];
  /** The worst of those told here; null when none is. */
  readonly state: Outcome | null;
}

const linkOfKind: Readonly<Record<EvidenceKind, LinkKind>> = {
  tickets: "ticket",
  commits: "commit",
  requests: "review",
  reviews: "review",
  builds: "build",
  deployments: "deployment",
  contents: "commit",
  events: "review",
  comments: "review",
  protection: "review",
  decisions: "ticket",
  reports: "build",
  analysis: "build",
  gates: "deployment",
  access: "deployment",
  detections: "deployment",
  convergence: "deployment",
  switches: "deployment",
  announcements: "deployment",
  attachments: "ticket",
  attestations: "ticket",
};

/** What a link cannot be told without. The others add to it. */
const basicKinds: readonly EvidenceKind[] = ["tickets", "commits", "requests", "reviews", "builds", "deployments"];

const linkOfUse: Readonly<Record<ItemView["evidence"][number]["as"], LinkKind>> = {
  ticket: "ticket",
  commit: "commit",
  path: "commit",
  ref: "commit",
  request: "review",
  review: "review",
  build: "build",
  deployment: "deployment",
  report: "build",
  production: "deployment",
  announcement: "deployment",
  document: "ticket",
};

/** Nearly every rule reads commits, and many ask for the deployment to know what was released: these say least about a rule. */
const bySpeciality: readonly LinkKind[] = ["ticket", "build", "deployment", "review", "commit"];

/** What the catalog says that a result's assertion needs; empty where the catalog does not know it. */
function needsOf(result: Result, catalog: Catalog): readonly EvidenceKind[] {
  const control = catalog.controls.find((each) => each.id === result.control);
  return control?.assertions.find((each) => each.id === result.assertion)?.needs ?? [];
}

/** The links of a change, or of a deployment, in the order in which they should have happened. */
export function chainOf(view: ItemView, catalog: Catalog): readonly Link[] {
  const { item } = view;
  if (!("commit" in item)) return [wholeOf(view, catalog)];
  const entries = "newChanges" in item ? deploymentEntries(item) : changeEntries(item);
  const kinds = linkKinds.filter((kind) => entries[kind] !== undefined);
  const readBy = view.results.map((result) => {
    const read = new Set(needsOf(result, catalog).map((need) => linkOfKind[need]));
    const links = kinds.filter((kind) => read.has(kind));
    return { result, links, toldAt: bySpeciality.find((kind) => links.some((link) => link === kind)) ?? kinds.at(-1) };
  });
  return kinds.map((kind) => {
    const told = readBy.filter(({ toldAt }) => toldAt === kind).map(({ result }) => result);
    const alsoRead = readBy.filter(({ links, toldAt }) => toldAt !== kind && links.includes(kind));
    return {
      kind,
      isCovered: isCovered(kind, view.item.coverage),
      entries: entries[kind] ?? [],
      evidence: view.evidence.filter((use) => linkOfUse[use.as] === kind),
      ...tellApart(told, view.item.coverage, catalog),
      alsoRead: alsoRead.map(({ result }) => result),
      state: worstOf(told),
    };
  });
}

/** An item without links: all that it says, with all its evidence and results. */
function wholeOf({ item, evidence, results }: ItemView, catalog: Catalog): Link {
  const needs = results.flatMap((result) => needsOf(result, catalog));
  return {
    kind: "item",
    isCovered: needs.every((kind) => item.coverage[kind]),
    entries: toldEntries(item),
    evidence,
    ...tellApart(results, item.coverage, catalog),
    alsoRead: [],
    state: worstOf(results),
  };
}

function tellApart(
  results: readonly Result[],
  coverage: ItemView["item"]["coverage"],
  catalog: Catalog,
): Pick<Link, "told" | "unpulled"> {
  const missing = results.map((result) => needsOf(result, catalog).filter((kind) => !coverage[kind]));
  const isMissing = (index: number) => results[index]?.outcome === "no-evidence" && missing[index]?.length !== 0;
  const unpulled = results.filter((_, index) => isMissing(index));
  const kinds = new Set(missing.filter((_, index) => isMissing(index)).flat());
  return {
    told: results.filter((_, index) => !isMissing(index)),
    unpulled: unpulled.length === 0 ? null : { results: unpulled, missing: [...kinds].sort() },
  };
}

function isCovered(kind: LinkKind, coverage: ItemView["item"]["coverage"]): boolean {
  const needed = basicKinds.filter((each) => linkOfKind[each] === kind);
  return needed.every((each) => coverage[each]);
}

const byWeight: readonly Outcome[] = ["fail", "no-evidence", "pass", "not-applicable"];

/** A link is shown by its worst result, so that no failure hides behind a pass. */
export function worstOf(results: readonly Result[]): Outcome | null {
  return byWeight.find((outcome) => results.some((result) => result.outcome === outcome)) ?? null;
}
