import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { filesDriver } from "../../../../electron/sources/files/files-driver.ts";
import { FilesSource, type SourceOf } from "../../../../shared/model/source.ts";
import { pullOnce, temporaryFolder } from "../pull-double.ts";

function filesSource(settings: object): SourceOf<"files"> {
  return FilesSource.parse({ id: "handed-over", kind: "files", path: ".", ...settings });
}

function issue(number: number): string {
  return `${JSON.stringify({ key: `ABC-${number}`, fields: { summary: "Raise the limit" } })}\n`;
}

it("a folder of files is taken for what each of them is, and what is not known is listed", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "issues.json"), issue(1) + issue(2));
  writeFileSync(join(folder, "people.csv"), "name;emails;logins;roles\nAda;ada@example.test;ada;developer\n");
  writeFileSync(join(folder, "minutes.pdf"), "%PDF-1.7\n%âãÏÓ\n");
  writeFileSync(join(folder, "notes.txt"), "Somebody wrote this.\n");
  const { records, outcome } = await pullOnce(filesDriver, filesSource({ path: folder }));
  expect(records.map(({ format }) => format)).toEqual(["jira.issue-lines", "attachment.document", "roster.csv"]);
  expect(outcome.counts).toMatchObject({ "files taken for jira.issue-lines": 1, "files not taken": 1 });
  expect(outcome.notes.join("\n")).toMatch(/notes\.txt was not taken: it is text of no known format; say which/);
});

it("a text is no attachment unless the auditor says so", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "auth.log"), "nobody reads this\n");
  const asked = pullOnce(filesDriver, filesSource({ path: folder }));
  await expect(asked).rejects.toMatchObject({ code: "file-format-unknown" });
  const { records } = await pullOnce(filesDriver, filesSource({ path: folder, format: "attachment.document" }));
  expect(records).toMatchObject([{ format: "attachment.document" }]);
});
