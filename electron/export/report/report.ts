import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { millisecondsOf } from "../../../shared/model/instant.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { populationWords } from "../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../shared/model/report.ts";
import { giveBackMemory } from "../unused-memory.ts";
import { showInline } from "../viewer/page/visible-text.js";
import { Flow, type Pieces } from "./flow.ts";
import { ReportDocument } from "./report-document.ts";
import { drawRunningHeads } from "./running-heads.ts";
import { drawCompleteness } from "./sections/completeness.ts";
import { conclusionsRef, drawConclusions } from "./sections/conclusions.ts";
import { drawControls } from "./sections/controls.ts";
import { drawContents, drawCover } from "./sections/cover.ts";
import { drawExceptions, exceptionsRef } from "./sections/exceptions.ts";
import { drawExclusions } from "./sections/exclusions.ts";
import { drawFrameworks, frameworksRef } from "./sections/frameworks.ts";
import { drawSampledItems } from "./sections/items.ts";
import { drawJudgements, judgementsRef } from "./sections/judgements.ts";
import { drawPopulation, drawPulls } from "./sections/population.ts";
import { drawReconciliation } from "./sections/reconciliation.ts";
import { drawRecords } from "./sections/records.ts";
import { drawSignOffs, hasSignOffs, signOffsRef } from "./sections/sign-offs.ts";

/**
 * The report as a PDF, unsigned: tagged, with bookmarks, links between the matrix and the items, and every font embedded.
 * Equal content gives equal bytes.
 *
 * @param rest is waited for between the pages, and may throw to stop
 */
export async function writeReport(
  content: ReportContent,
  rest: () => Promise<void> = async () => undefined,
): Promise<Buffer> {
  // What was gathered for it is no longer needed.
  giveBackMemory();
  const pdf = await drawReport(content, rest);
  // Whoever waits is told of the end from within the document, which keeps all of it until the program's next turn: of 10,000 items
  // 60 MiB, all the while that the other documents are made.
  await nextTurn();
  giveBackMemory();
  return pdf;
}

async function drawReport(content: ReportContent, rest: () => Promise<void>): Promise<Buffer> {
  const doc = new ReportDocument({
    title: showInline(`${content.engagement.entity}: ${content.engagement.name}`),
    author: showInline(content.engagement.auditor),
    subject: `Change controls, ${content.engagement.period.from} to ${content.engagement.period.to}`,
    keywords: `activity log ${content.activityHead}`,
    producer: content.toolVersion,
    createdAt: new Date(millisecondsOf(content.createdAt)),
  });
  const chunks: Uint8Array[] = [];
  doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const ended = once(doc, "end");
  const flow = new Flow(doc);
  for (const _ of drawPages(flow, content)) await rest();
  flow.end();
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

const sectionsBefore = [drawPopulation, drawReconciliation, drawPulls, drawCompleteness];
const sectionsBehind = [drawExceptions, drawJudgements, drawSignOffs, drawExclusions, drawRecords];

function* drawPages(flow: Flow, content: ReportContent): Pieces {
  drawCover(flow, content);
  const contents = drawContents(flow, sectionsOf(content));
  drawConclusions(flow, content);
  drawFrameworks(flow, content);
  flow.startPage();
  yield* drawControls(flow, content);
  yield* drawEach(sectionsBefore, flow, content);
  for (const population of PopulationKind.options) yield* drawSampledItems(flow, content, population);
  yield* drawEach(sectionsBehind, flow, content);
  yield* drawRunningHeads(flow, content, contents);
}

function* drawEach(sections: typeof sectionsBefore, flow: Flow, content: ReportContent): Pieces {
  for (const draw of sections) {
    yield;
    draw(flow, content);
  }
}

function sectionsOf(content: ReportContent): { ref: string; title: string }[] {
  const sampled = PopulationKind.options.filter((population) => {
    return content.matrices.some(({ draw }) => draw.population === population);
  });
  return [
    ...(content.matrices.some(({ summaries }) => summaries.length > 0)
      ? [{ ref: conclusionsRef, title: "Conclusions: rates against what is tolerable" }]
      : []),
    ...(content.frameworks.length > 0 ? [{ ref: frameworksRef, title: "Requirements by framework" }] : []),
    { ref: "A.1", title: "Controls: objective, procedure and results" },
    { ref: "B", title: "Population: sources, reconciliation and IPE records" },
    ...sampled.map((population) => ({
      ref: populationWords[population].section,
      title: `Sampled ${populationWords[population].many}: draw, matrix and items`,
    })),
    ...(content.exceptions.length > 0
      ? [{ ref: exceptionsRef, title: "Exceptions: what deviated, what management says, what a retest showed" }]
      : []),
    ...(content.judgements.length > 0 ? [{ ref: judgementsRef, title: "Judgements beside results" }] : []),
    ...(hasSignOffs(content) ? [{ ref: signOffsRef, title: "Sign-offs and review notes" }] : []),
    { ref: "E", title: "Exclusions and remarks" },
    { ref: "F", title: "Records and digests" },
  ];
}
