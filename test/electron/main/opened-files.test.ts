import { expect, it } from "vitest";
import { filesAmong, readOpenedFile } from "../../../electron/main/opened-files.ts";

it.each([
  ["/audits/Acme H1.tickmark", "engagement"],
  ["/audits/ACME.TICKMARK", "engagement"],
  ["/audits/acme.zip", "bundle"],
  ["/audits/acme.asice", "bundle"],
])("%s opens as %s", (path, kind) => {
  expect(readOpenedFile(path)).toEqual({ kind, path });
});

it("a file of another kind opens nothing", () => {
  expect(readOpenedFile("/audits/report.pdf")).toBeUndefined();
});

it("files on the command line are found among flags, relative to where the command was given", () => {
  expect(filesAmong(["--user-data-dir=/x.tickmark", ".", "acme.tickmark", "../out/b.zip"], "/audits/2025")).toEqual([
    { kind: "engagement", path: "/audits/2025/acme.tickmark" },
    { kind: "bundle", path: "/audits/out/b.zip" },
  ]);
});
