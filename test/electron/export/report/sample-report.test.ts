import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../../../../electron/export/report/report.ts";
import { formatRate } from "../../../../shared/model/rate-text.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Draw } from "../../../../shared/model/sample.ts";
import type { DrawView } from "../../../../shared/model/view.ts";
import { run, temporaryFolder } from "../real-tools.ts";
import { changeOf, inventContent } from "./report-content.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const one = inventContent({ changes: 6, deployments: 4 });

/** The same engagement with draws that followed the first one, and one that the auditor chose. */
function inventHistory(): ReportContent {
  const [initial] = one.draws;
  const [matrix] = one.matrices;
  if (!initial || !matrix) throw new Error("The invented engagement has no draw.");
  const after = (draw: Partial<Draw>, sentences: string[], standing: DrawView["standing"] = "sample"): DrawView => ({
    draw: { ...initial.draw, ...draw },
    command: `printf '%s' '${draw.id}'`,
    standing,
    sentences,
  });
  const of = initial.draw.id;
  const [voided, next] = [changeOf(40).id, changeOf(41).id];
  const replacement = { kind: "replacement", of, replaces: voided, reason: "void", explanation: "Withdrawn." } as const;
  const risk = { planned: 0.1, actual: 0.163, sentence: "The true risk is 16.3 % and not 10 %." };
  const targeted = after(
    {
      id: "draw-targeted",
      method: "targeted",
      statistical: false,
      basis: { kind: "judgement" },
      seed: "",
      strata: null,
      items: [changeOf(0).id],
      reasons: ["The largest change of the period."],
    },
    ["The auditor named the items for what they are."],
    "apart",
  );
  return {
    ...one,
    draws: [
      ...one.draws,
      after({ id: "draw-3", purpose: replacement, items: [next], size: 1 }, []),
      after({ id: "draw-4", purpose: { kind: "expansion", of, risk }, size: 9 }, ["Expansion by 9.", risk.sentence]),
      targeted,
    ],
    matrices: [...one.matrices, { draw: targeted.draw, summaries: [], rows: [] }],
  };
}

let whole: string;
let pages: string[];
beforeAll(async () => {
  writeFileSync(folder.at("report.pdf"), await writeReport(inventHistory()));
  pages = run("pdftotext", ["-layout", folder.at("report.pdf"), "-"]).split("\f");
  whole = pages.join(" ").replace(/\s+/g, " ");
});

describe("the report on a sample", () => {
  test("says on which plan it rests, in the plan's own sentence, and how it was split", () => {
    const [{ draw }] = one.draws as [DrawView];
    if (draw.basis.kind !== "plan" || !draw.strata) throw new Error("The draw has no plan or no strata.");
    expect(whole).toContain(draw.basis.plan.sentence);
    for (const { name, population, sample } of draw.strata.sizes)
      expect(whole).toContain(`${name} ${population} ${sample}`);
  });

  test("lists replacements with what they replace, the reason and who gave it", () => {
    expect(whole).toMatch(/never carried out: Withdrawn\..*Mara Novák/);
    expect(whole).toContain(changeOf(40).id.slice(0, 25));
  });

  test("shows an expansion outside of a plan with its true risk", () => {
    expect(whole).toContain("Expansion outside of any plan");
    expect(whole).toContain("The true risk is 16.3 % and not 10 %.");
  });

  test("keeps apart what the auditor chose, with the reasons, and projects nothing from it", () => {
    expect(whole).toContain("nothing may be projected from them on other changes");
    expect(whole).toContain("The largest change of the period.");
  });

  test("counts the drawn items of each week below its bar", () => {
    const page = pages.find((each) => each.includes("Changes by week")) ?? "";
    const drawn = /^ *drawn +([\d ]+)$/m.exec(page)?.[1]?.trim().split(/ +/).map(Number) ?? [];
    expect(drawn).toEqual((one.weeks.change ?? []).map(({ sampled }) => sampled).filter((count) => count > 0));
  });
});

describe("the report's conclusions", () => {
  test("state each control's limit, tolerable rate and reliance in a table and in its own section", () => {
    const page = (pages.find((each) => each.includes("Conclusions: rates against")) ?? "").replace(/\s+/g, " ");
    const table = whole.slice(whole.indexOf("Projected, at"));
    expect(page).not.toBe("");
    for (const { summaries } of one.matrices) {
      for (const { control, limits, sentence, support } of summaries) {
        if (!limits) throw new Error(`${control} has no limits.`);
        expect(table).toContain(formatRate(limits.upper, "up"));
        expect(table).toContain(support.replace("-", " "));
        expect(whole).toContain(sentence);
      }
    }
  });

  test("are told to a screen reader where they are drawn", () => {
    const tags = run("pdfinfo", ["-struct", folder.at("report.pdf")]);
    expect(tags).toContain("Figure");
  });
});
