import { writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { writeReport } from "../../../electron/export/report/report.ts";
import { viewerPage } from "../../../electron/export/viewer/viewer-page.ts";
import { isWrittenByPrograms, markEveryText } from "./hostile-fields.ts";
import { run, temporaryFolder } from "./real-tools.ts";
import { inventContent } from "./report/report-content.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const content = inventContent({ changes: 1, deployments: 1 });

test("the viewer has the same markup whatever every one of its texts says", () => {
  const skeletonOf = (page: string) => {
    const [head = "", rest = ""] = page.split('<script type="application/json" id="data">');
    return head + rest.slice(rest.indexOf("</script>"));
  };
  const hostile = [...viewerPage(markEveryText(content))].join("");
  expect(hostile.split("\\u003cscript>document.title").length).toBeGreaterThan(500);
  expect(skeletonOf(hostile)).toBe(skeletonOf([...viewerPage(content)].join("")));
});

test("the report is a sound PDF that shows every one of its texts, runs nothing and leads nowhere", async () => {
  writeFileSync(folder.at("hostile.pdf"), await writeReport(markEveryText(content, isWrittenByPrograms)));
  expect(run("qpdf", ["--check", folder.at("hostile.pdf")])).toContain("No syntax or stream encoding errors");
  expect(run("pdftotext", [folder.at("hostile.pdf"), "-"]).split("<script>document.title").length).toBeGreaterThan(50);
  const objects = run("qpdf", ["--json=2", "--json-key=qpdf", folder.at("hostile.pdf")]);
  const actions =
    /"\/S": "\/(JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|URI|Rendition|Named)"|"\/(JS|AA|OpenAction|URI)":/;
  expect(objects).toContain('"/S": "/GoTo"');
  expect(actions.exec(objects)?.[0]).toBeUndefined();
});
