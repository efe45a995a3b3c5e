import { expect, it } from "vitest";
import { idForFile } from "../../../../renderer/screens/sources/source-ids.ts";
import { FilesSource } from "../../../../shared/model/source.ts";

it.each([
  ["/mnt/client/Auth Log (March).txt", "auth-log-march-txt"],
  ["C:\\audit\\Überweisungen.csv", "berweisungen-csv"],
  ["/mnt/ログ/", "files"],
])("dropping %s makes the source %s", (path, id) => {
  expect(idForFile(path, [])).toBe(id);
  expect(FilesSource.safeParse({ id, kind: "files", path }).success).toBe(true);
});

it("a second file of a name gets a number", () => {
  expect(idForFile("/a/issues.csv", ["issues-csv", "issues-csv-2"])).toBe("issues-csv-3");
});
