import type { ReportContent } from "../../../shared/model/report.ts";
import { shorten } from "../viewer/page/visible-text.js";
import { bodyWidth, type Flow, type Pieces } from "./flow.ts";
import { margins, pageSize } from "./report-document.ts";
import { colors, muted } from "./style.ts";
import { setLines } from "./text-lines.ts";
import { formatInstant, shortHash } from "./wording.ts";

/** A line of the list of contents that waits for its page number. */
export interface ContentsEntry {
  readonly ref: string;
  /** Page, from 0, and place of the line. */
  readonly page: number;
  readonly y: number;
}

const small = { size: 6.5 };

/** What stands on every page, and the page numbers in the contents: all of it known only when the last page is set. */
export function* drawRunningHeads(flow: Flow, content: ReportContent, contents: readonly ContentsEntry[]): Pieces {
  const { engagement } = content;
  const total = flow.page;
  const left = `${shorten(engagement.entity, 60)} · ${shorten(engagement.name, 60)} · ${engagement.period.from} to ${engagement.period.to}`;
  const below = `${content.toolVersion} · ${formatInstant(content.createdAt)} · activity log ${shortHash(content.activityHead)}`;
  for (const [index, section] of flow.sectionByPage.entries()) {
    yield;
    flow.doc.switchToPage(index);
    flow.artifact(() => {
      put(flow, left, 30, "left");
      put(flow, section, 30, "right");
      put(flow, below, pageSize.height - 34, "left");
      put(flow, `Page ${index + 1} of ${total}`, pageSize.height - 34, "right");
      flow.doc
        .moveTo(margins.left, 43)
        .lineTo(pageSize.width - margins.right, 43)
        .lineWidth(0.4)
        .strokeColor(colors.rule)
        .stroke();
    }, "Pagination");
    for (const entry of contents.filter(({ page }) => page === index)) {
      flow.artifact(() => put(flow, String((flow.pageByRef.get(entry.ref) ?? 0) + 1), entry.y, "right", 8.5), "Layout");
    }
  }
}

function put(flow: Flow, words: string, y: number, side: "left" | "right", size = small.size): void {
  // One line, and none that reaches what stands on the other side.
  const [line] = setLines(flow.cutter, [muted(words, { size })], bodyWidth - 60);
  if (line === undefined) return;
  flow.line(line, side === "left" ? margins.left : margins.left + bodyWidth - line.width, y);
}
