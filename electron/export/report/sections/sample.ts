import { idsPath } from "../../../../shared/bundle/bundle-parts.ts";
import type { DrawView } from "../../../../shared/model/view.ts";
import { shorten, showLines } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { bodyWidth } from "../flow.ts";
import { margins } from "../report-document.ts";
import { colors, mono, muted, sizes, space, text } from "../style.ts";
import { setLines } from "../text-lines.ts";
import type { Span } from "../text-runs.ts";
import { countOf, formatCount, formatInstant, populationNouns } from "../wording.ts";
import { drawFacts } from "./facts-list.ts";

/** How a sample was drawn, so that anyone can draw it again. */
export function drawSample(flow: Flow, { draw, command }: DrawView): void {
  const { one, many } = populationNouns[draw.population];
  flow.subheading("How the sample was drawn", 120);
  const method =
    draw.method === "everything"
      ? "everything: each item of the population was tested, so that nothing was left to chance"
      : "by rank: the items with the lowest SHA-256 of the seed, a vertical bar and the item's id";
  drawFacts(flow, [
    ["Method", [text(method)]],
    ["Size", [text(`${formatCount(draw.size)} of ${countOf(draw.populationSize, one, many)}`)]],
    ["Rationale", [text(shorten(draw.rationale, 1200))]],
    ["Seed", [draw.seed === "" ? text("none: nothing was drawn by chance") : mono(draw.seed)]],
    ["Population digest", [mono(draw.populationDigest)]],
    ["Drawn", [text(`${formatInstant(draw.at)} by ${draw.by}, as ${draw.id}`)]],
  ]);
  flow.paragraph(
    [
      muted(`To draw it again from ${idsPath(draw.population)}, in the unpacked bundle:`, {
        size: sizes.small,
      }),
    ],
    { after: 2 },
  );
  drawCommand(flow, command);
}

/** A shell command keeps its lines, on a ground that sets it apart. */
export function drawCommand(flow: Flow, command: string): void {
  const lines = showLines(command).flatMap((line) => setLines(flow.cutter, [code(line)], bodyWidth - 12));
  flow.lines(lines, margins.left + 6, "Code");
  flow.y += 6;
}

function code(line: string): Span {
  return line === ""
    ? space({ face: "mono", size: sizes.mono })
    : { text: line, face: "mono", size: sizes.mono, color: colors.ink };
}
