import { writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { writeReport } from "../../../../electron/export/report/report.ts";
import { ReportDocument } from "../../../../electron/export/report/report-document.ts";
import { ResultList } from "../../../../shared/model/results.ts";
import { run, temporaryFolder } from "../real-tools.ts";
import { changeOf, deploymentOf, inventContent, noItems } from "./report-content.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

/** The text of each page, as a reader's program copies it. */
function pagesOf(name: string): string[] {
  const pages = run("pdftotext", ["-layout", folder.at(name), "-"]).split("\f");
  return pages.slice(0, -1);
}

async function writePdf(name: string, content = inventContent()): Promise<Buffer> {
  const pdf = await writeReport(content);
  writeFileSync(folder.at(name), pdf);
  return pdf;
}

/** Words on one line: columns and line ends in a table do not matter. */
function words(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Words in the matrix that are not the outcome's own. */
const shownAs: Readonly<Record<string, string>> = { "not-applicable": "n/a", "no-evidence": "no evidence" };

const content = inventContent();
let pages: string[];
let whole: string;
beforeAll(async () => {
  await writePdf("report.pdf", content);
  pages = pagesOf("report.pdf");
  whole = words(pages.join(" "));
});

describe("the report", () => {
  test("is the same, byte for byte, for the same content", async () => {
    const [one, other] = [inventContent({ changes: 3, deployments: 1 }), inventContent({ changes: 3, deployments: 1 })];
    expect((await writeReport(one)).equals(await writeReport(other))).toBe(true);
  });

  test("can be stopped between any two of its pages", async () => {
    const small = inventContent({ changes: 3, deployments: 1 });
    const stop = new Error("stopped");
    let rests = 0;
    const pdf = await writeReport(small, async () => {
      rests += 1;
    });
    writeFileSync(folder.at("small.pdf"), pdf);
    expect(rests).toBeGreaterThan(pagesOf("small.pdf").length);
    for (const last of [1, Math.floor(rests / 3)]) {
      let rested = 0;
      const writing = writeReport(small, async () => {
        rested += 1;
        if (rested === last) throw stop;
      });
      await expect(writing).rejects.toBe(stop);
      expect(rested).toBe(last);
    }
  });

  test("is all that is left of its drawing when it is written", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const drawn: WeakRef<ReportDocument>[] = [];
    const { end } = ReportDocument.prototype;
    vi.spyOn(ReportDocument.prototype, "end").mockImplementation(function (this: ReportDocument) {
      drawn.push(new WeakRef(this));
      return end.call(this);
    });
    const pdf = await writeReport(inventContent({ changes: 1, deployments: 0 }));
    // The spy holds what it was called on.
    vi.restoreAllMocks();
    collect();
    expect(pdf.length).toBeGreaterThan(0);
    expect(drawn.map((document) => document.deref())).toEqual([undefined]);
  });

  test("parts the controls of a requirement from their states and from each other", () => {
    expect(whole).toMatch(/CC\d\.\d [A-Z]{3}-\d\d [a-z ]+, [A-Z]{3}-\d\d [a-z]/);
    expect(whole).not.toMatch(/[A-Z]{3}-\d\d[a-z]|,[A-Z]{3}-\d\d/);
  });

  test("is a sound, tagged PDF 1.7 with every font embedded, dated by its content", () => {
    expect(run("qpdf", ["--check", folder.at("report.pdf")])).toContain("No syntax or stream encoding errors");
    const info = run("pdfinfo", ["-isodates", folder.at("report.pdf")]);
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(info).toMatch(/^PDF version: +1\.7$/m);
    expect(info).toMatch(/^CreationDate: +2025-07-15T10:00:00Z$/m);
    expect(info).not.toContain("ModDate");
    const fonts = run("pdffonts", [folder.at("report.pdf")])
      .trim()
      .split("\n")
      .slice(2);
    expect(fonts.length).toBeGreaterThan(3);
    for (const font of fonts) expect(font).toMatch(/ yes yes yes +\d+ +\d$/);
  });

  test("has its number, and how many there are, on every page", () => {
    for (const [index, page] of pages.entries()) expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
  });

  test("says on its cover who, when, on what, and what came out, in counts alone", () => {
    const cover = words(pages[0] ?? "");
    expect(cover).toContain("Northwind Payments Ltd");
    expect(cover).toContain("1 January 2025 to 30 June 2025, both included, in the time zone Europe/London");
    expect(cover).toContain("Of 276 changes in the population, 25 were drawn and tested against 5 controls");
    expect(cover).toContain("only for what chance selected");
    expect(cover).toContain(content.signer.fingerprint);
    for (const { summaries } of content.matrices) {
      for (const { control, tested, pass, fail, noEvidence, notApplicable, deviations, asTested } of summaries) {
        const row = new RegExp(
          `${control}.*? ${[tested, pass, fail, noEvidence, notApplicable, deviations].join(" ")} `,
        );
        expect(cover).toMatch(row);
        if (asTested.deviations !== deviations) expect(cover).toContain(`${asTested.deviations} as tested`);
      }
    }
  });

  test("leads from its contents to the page on which each section begins", () => {
    for (const [ref, title] of [
      ["B", "Population"],
      ["C", "Sampled changes"],
      ["D", "Sampled deployments"],
      ["G", "Exceptions"],
      ["J", "Judgements"],
      ["S", "Sign-offs and review notes"],
      ["E", "Exclusions and remarks"],
    ] as const) {
      const listed = Number(new RegExp(`^${ref} +${title}.* (\\d+)$`, "m").exec(pages.slice(0, 2).join("\n"))?.[1]);
      expect(pages[listed - 1]).toMatch(new RegExp(`^ *${ref} +${title}$`, "m"));
    }
  });

  test("shows what each source was asked, and where a total does not tie out", () => {
    for (const { query, recordsDigest } of content.ipe) {
      expect(whole.replaceAll(" ", "")).toContain(query.replaceAll(" ", ""));
      expect(whole).toContain(recordsDigest);
    }
    expect(whole).toContain("1 of 2 differ");
    expect(whole).toMatch(/512 511 differs/);
    expect(whole).toContain("Interrupted once after page 12");
  });

  test("tells what was not covered from what is zero", () => {
    expect(whole).toContain("naming a ticket that exists not covered");
    expect(whole).toContain("finished in the period and named by no change 0");
  });

  test("lists twenty orphans of each side and says where the rest is", () => {
    const before = pages.findIndex((page) => page.includes("How the sample was drawn"));
    const listed = content.reconciliation.changes.withoutRequest.filter((id) =>
      pages.slice(0, before).join("").includes(id),
    );
    expect(listed).toEqual(content.reconciliation.changes.withoutRequest.slice(0, 20));
    expect(whole).toContain("Changes without a change request: 26");
    expect(whole).toContain("The other 6 are in reconciliation.json.");
  });

  test("gives the command that draws the sample again", () => {
    const compact = whole.replaceAll(" ", "");
    for (const { command, draw } of content.draws) {
      expect(compact).toContain(command.replaceAll(" ", ""));
      expect(whole).toContain(draw.populationDigest);
    }
  });

  test("gives the rules of each control as they were evaluated", () => {
    const compact = whole.replaceAll(/\s/g, "");
    for (const { objective, assertions } of content.catalog.controls) {
      expect(whole).toContain(objective);
      for (const { pass } of assertions) expect(compact).toContain(pass.replaceAll(/\s/g, ""));
    }
  });

  test("lists each deviation of a control with its item and its reason", () => {
    const failed = [...content.results].find(({ control, outcome }) => control === "REV-01" && outcome === "fail");
    const row = content.matrices.flatMap(({ rows }) => rows).find(({ id }) => id === failed?.item);
    const section = whole.slice(whole.lastIndexOf("A.2 REV-01 An"), whole.lastIndexOf("A.3 REV-06 Nothing"));
    expect(section).toContain(`${row?.ref} payments-api@${failed?.item.slice(13, 25)} fail The only approval is by`);
  });

  test("shows each judgement with its reason beside the result, and both numbers with the conclusion", () => {
    const [replaced, disposed] = content.judgements;
    const control = disposed?.judgement.control ?? "";
    expect(replaced).toMatchObject({ standing: "replaced" });
    for (const { judgement } of content.judgements) expect(whole).toContain(judgement.reason.slice(0, 30));
    expect(whole).toContain(`J.2 judged: pass by ${disposed?.judgement.by}`);
    const judged = content.matrices.flatMap(({ summaries }) => summaries).find((each) => each.control === control);
    expect(judged?.disposed).toBe(1);
    expect(whole).toContain(
      `Without any judgement ${judged?.asTested.deviations} of ${judged?.asTested.applicable} deviate`,
    );
  });

  test("has a block for each exception, with what management says and what a retest showed", () => {
    const [view] = content.exceptions;
    const block = whole.slice(
      whole.lastIndexOf("G.1 Changes without"),
      whole.lastIndexOf("Sign-offs and review notes"),
    );
    const { criterion, condition, cause, effect, response, retests } = view?.exception ?? {};
    for (const said of [criterion, condition, cause, effect, response?.response, response?.owner, retests?.[0]?.note]) {
      expect(block).toContain(said ?? "nothing");
    }
    expect(block).toContain("remedy retested significant deficiency");
  });

  test("says on its cover who signed off, and that a void sign-off is void", () => {
    const cover = words(pages[0] ?? "");
    expect(cover).toContain("Signed off as preparer Mara Novák, 2025-07-14 15:00 UTC");
    expect(cover).toMatch(/Rin Tanaka, 2025-07-14 15:00 UTC; void: changed since: judgements, conclusions/);
    expect(whole).toMatch(/N\.1 engagement .*Why is the tolerable rate of changes 10 %\?/);
  });

  test("has a row in the matrix and a block for each sampled item", () => {
    const lines = pages.flatMap((page) => page.split("\n")).map((line) => words(line).trim());
    for (const { rows, summaries } of content.matrices) {
      for (const row of rows) {
        const outcomes = summaries.map(({ control }) => row.outcomes[control] ?? "");
        const marks = outcomes.map((outcome) => shownAs[outcome] ?? outcome);
        const line =
          lines.find((text) => text.startsWith(`${row.ref} `) && / \d\d:\d\d (pass|fail|no|n)/.test(text)) ?? "";
        expect(line.match(/pass|fail|no evidence|n\/a/g)).toEqual(marks);
        expect(whole).toContain(row.id);
      }
    }
  });

  test("names the raw records of each item by how their paths begin", () => {
    for (const { evidence } of [changeOf(0), changeOf(7), deploymentOf(2)]) {
      for (const { evidence: digest } of evidence) expect(whole).toContain(`evidence/${digest.slice(0, 12)}…`);
    }
  });

  test("tells evidence that was not pulled from evidence that does not exist", () => {
    const unreviewed = words(whole.slice(whole.indexOf("C.4 Add a second factor")));
    expect(unreviewed).toMatch(/Reviews none found, and all were pulled/);
    const { reviews: _, ...change } = changeOf(7);
    const unpulled = inventContent({ changes: 1, deployments: 0 });
    return writePdf("unpulled.pdf", {
      ...unpulled,
      items: { ...noItems, change: [{ ...change, id: changeOf(0).id, reviews: [] }] },
    }).then(() => {
      expect(words(pagesOf("unpulled.pdf").join(" "))).toContain("Reviews not pulled for this item: nothing is known");
    });
  });

  test("shortens the values that a rule read to what records are called", async () => {
    const small = inventContent({ changes: 1, deployments: 0 });
    const reviews = [{ id: "9", by: { id: "rin", name: "Rin Tanaka" }, state: "approved", at: small.createdAt }];
    const values = {
      "change.reviews": reviews,
      "change.tickets": [{ key: "PAY-1", status: "Done" }],
      "change.clock": "host",
    };
    const results = new ResultList([...small.results].map((result) => ({ ...result, values })));
    await writePdf("values.pdf", { ...small, results });
    const text = words(pagesOf("values.pdf").join(" "));
    expect(text).toContain("change.reviews = [approved by Rin Tanaka]");
    expect(text).toContain("change.tickets = [Done PAY-1]");
    expect(text).toContain('change.clock = "host"');
  });

  test("shows draws that were made and not tested", async () => {
    const small = inventContent({ changes: 2, deployments: 1 });
    const [first] = small.draws;
    if (!first) throw new Error("no draw");
    const earlier = {
      ...first,
      standing: "superseded" as const,
      draw: { ...first.draw, id: "draw-change-0", seed: "earlier-seed" },
    };
    await writePdf("draws.pdf", { ...small, draws: [earlier, ...small.draws] });
    expect(words(pagesOf("draws.pdf").join(" "))).toMatch(/earlier-seed 2 276 no/);
  });

  test("says so when nothing was drawn", async () => {
    const none = { draws: [], matrices: [], items: noItems, results: new ResultList([]) };
    await writePdf("empty.pdf", { ...content, ...none });
    const text = words(pagesOf("empty.pdf").join(" "));
    expect(text).toContain("No sample was drawn, and nothing was tested.");
    expect(text).not.toContain("Sampled changes");
  });
});

describe("a report of 60 changes and 60 deployments against six controls", () => {
  test("is short enough to be read", async () => {
    await writePdf("large.pdf", inventContent({ changes: 60, deployments: 60 }));
    const large = pagesOf("large.pdf");
    expect(large.length).toBeLessThan(95);
    expect(words(large.join(" "))).toContain("C.60 Backfill missing postings");
  });

  test("shows in full only items with a deviation when there are more than can be read", async () => {
    await writePdf("everything.pdf", inventContent({ changes: 160, deployments: 0 }));
    const text = words(pagesOf("everything.pdf").join(" "));
    expect(text).toContain("Of 160 tested, 120 changes with a deviation are shown in full below.");
    expect(text).toContain("All are in items/changes.jsonl.");
    expect(text).toMatch(/C\.160 Backfill/);
  });
});
