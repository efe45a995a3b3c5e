import type { ItemCoverage } from "../../../../shared/model/change.ts";
import type { EvidenceUse } from "../../../../shared/model/evidence.ts";
import type { Instant } from "../../../../shared/model/instant.ts";
import type { Flow } from "../flow.ts";
import { colors, mono, muted, outcomeColors, sizes, strong, text } from "../style.ts";
import { type Cell, type Column, cell, drawTable, type Row } from "../table.ts";
import type { Span } from "../text-runs.ts";
import { countOf, formatInstant, shortEvidencePath } from "../wording.ts";

/** One link of the chain from the request to the deployment. */
export interface Link {
  readonly name: string;
  readonly as: EvidenceUse["as"];
  readonly needs: keyof ItemCoverage;
  /** What the evidence says, one paragraph for each record. */
  readonly found: readonly { readonly says: readonly Span[]; readonly at: Instant | "" }[];
}

const columns: readonly Column[] = [
  { title: "Evidence", width: 58 },
  { title: "What it says" },
  { title: "When", width: 90 },
  { title: "Raw record in the ZIP", width: 92 },
];

const small = { size: sizes.small };
const mostRecords = 8;
const mostPaths = 3;

export function drawChain(
  flow: Flow,
  links: readonly Link[],
  evidence: readonly EvidenceUse[],
  coverage: ItemCoverage,
): void {
  drawTable(
    flow,
    columns,
    links.flatMap((link) => linkRows(link, evidence, coverage)),
    5,
  );
}

/** A row for each record; the link's name and the raw records stand in the first. */
function linkRows(link: Link, evidence: readonly EvidenceUse[], coverage: ItemCoverage): Row[] {
  const lines: { says: readonly Span[]; at: Instant | "" }[] = link.found.slice(0, mostRecords);
  const more = link.found.length - lines.length;
  if (lines.length === 0) lines.push({ says: [absence(link, coverage)], at: "" });
  if (more > 0) lines.push({ says: [muted(`${more} more, in the ZIP`, small)], at: "" });
  const paths = pathsCell(evidence.filter(({ as }) => as === link.as));
  return lines.map(({ says, at }, index) => ({
    cells: [
      cell(strong(index === 0 ? link.name : "", small)),
      cell(...says),
      cell(text(at === "" ? "" : formatInstant(at), small)),
      index === 0 ? paths : cell(),
    ],
    open: index + 1 < lines.length,
  }));
}

/** Nothing found means something only where it was looked for. */
function absence(link: Link, coverage: ItemCoverage): Span {
  if (coverage[link.needs]) return text("none found, and all were pulled", small);
  return strong("not pulled for this item: nothing is known", { ...small, color: outcomeColors["no-evidence"] });
}

function pathsCell(uses: readonly EvidenceUse[]): Cell {
  const digests = [...new Set(uses.map(({ evidence }) => evidence))];
  const paths = digests
    .slice(0, mostPaths)
    .map((digest) => [mono(shortEvidencePath(digest), { size: 6, color: colors.muted })]);
  const more = digests.length - mostPaths;
  if (more > 0) paths.push([muted(`and ${countOf(more, "other")}`, { size: 6 })]);
  return paths.length > 0 ? paths : cell(muted("–", small));
}
