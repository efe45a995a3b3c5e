import type { FrameworkReport, FrameworkRequirement } from "../../../../shared/model/framework-report.ts";
import { stateWords } from "../../../../shared/model/framework-report.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Flow } from "../flow.ts";
import { colors, outcomeColors, sizes, space, strong, text } from "../style.ts";
import { type Column, cell, drawTable, type Row } from "../table.ts";
import type { Span } from "../text-runs.ts";
import { controlRef, destinationOf } from "../workpaper.ts";

export const frameworksRef = "K";
const small = { size: sizes.small };

const columns: readonly Column[] = [
  { title: "Requirement", width: 72 },
  { title: "Controls, each with what is known of it" },
  { title: "In all", width: 72 },
];

const stateColors: Readonly<Record<FrameworkRequirement["state"], string>> = {
  "not-covered": outcomeColors["no-evidence"],
  "not-supported": outcomeColors.fail,
  "no-sample": colors.muted,
  "not-tested": colors.muted,
  "open": outcomeColors["no-evidence"],
  "supported": outcomeColors.pass,
};

/** What was concluded, by the requirements that ask for it. */
export function drawFrameworks(flow: Flow, content: ReportContent): void {
  if (content.frameworks.length === 0) return;
  const destination = destinationOf(frameworksRef);
  flow.startSection({ title: "Requirements by framework", ref: frameworksRef, destination });
  flow.paragraph([
    text(
      "A requirement is as good as the weakest of the controls that name it. Supported: every sample that the control was " +
        "tested on supports reliance. Open: tested, and no claim is made. A requirement on changes that no control names is " +
        "listed too. Whether controls that name a requirement are enough for it is for the reader to judge.",
    ),
  ]);
  for (const report of content.frameworks) drawFramework(flow, content, report);
}

function drawFramework(flow: Flow, content: ReportContent, { framework, requirements }: FrameworkReport): void {
  flow.subheading(framework, 60);
  drawTable(
    flow,
    columns,
    requirements.map((requirement) => requirementRow(content, requirement)),
  );
}

function requirementRow(content: ReportContent, { requirement, controls, state }: FrameworkRequirement): Row {
  const spans = controls.flatMap(({ control, state: own }, index): Span[] => {
    const ref = controlRef(content, control);
    const goTo = ref === null ? undefined : destinationOf(ref);
    const isLast = index === controls.length - 1;
    return [
      text(control, { ...small, color: colors.accent, goTo }),
      space(small),
      text(`${stateWords[own]}${isLast ? "" : ","}`, { ...small, color: stateColors[own] }),
      ...(isLast ? [] : [space(small)]),
    ];
  });
  return {
    cells: [
      cell(strong(requirement, small)),
      spans.length === 0 ? cell(text("none", small)) : [spans],
      cell(strong(stateWords[state], { ...small, color: stateColors[state] })),
    ],
  };
}
