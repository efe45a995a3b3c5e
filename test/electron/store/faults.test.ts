import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { guardCalls, storeFault } from "../../../electron/store/faults.ts";
import { faultOf } from "../../../shared/errors.ts";
import { faultFrom, isClear } from "./engagement-under-test.ts";

const path = "/home/ada/audits/shop.tickmark";

it.each([
  ["SQLITE_FULL", "disk-full"],
  ["SQLITE_BUSY", "engagement-busy"],
  ["SQLITE_BUSY_RECOVERY", "engagement-busy"],
  ["SQLITE_CORRUPT", "engagement-corrupt"],
  ["SQLITE_CORRUPT_INDEX", "engagement-corrupt"],
  ["SQLITE_NOTADB", "engagement-corrupt"],
  ["SQLITE_IOERR_SHORT_READ", "engagement-corrupt"],
  ["SQLITE_IOERR_READ", "file-unreadable"],
  ["SQLITE_IOERR_WRITE", "file-unwritable"],
  ["SQLITE_READONLY_DIRECTORY", "file-unwritable"],
  ["SQLITE_CANTOPEN", "file-unwritable"],
  ["SQLITE_TOOBIG", "record-invalid"],
  ["SQLITE_CONSTRAINT_TRIGGER", "internal"],
  ["SQLITE_ERROR", "internal"],
])("SQLite's %s is %s, names the file and keeps the cause", (sqliteCode, code) => {
  const thrown = new Database.SqliteError("what SQLite says", sqliteCode);
  const fault = storeFault(thrown, path);
  expect(fault).toMatchObject({ code, message: expect.stringContaining("shop.tickmark"), cause: thrown });
});

it.each([
  ["ENOENT", "engagement-missing"],
  ["ENOSPC", "disk-full"],
  ["EROFS", "file-unwritable"],
  ["EIO", "file-unreadable"],
])("the file system's %s is %s", (systemCode, code) => {
  const fault = faultOf(storeFault(Object.assign(new Error(systemCode), { code: systemCode }), path));
  expect(fault.code).toBe(code);
  expect(fault).toSatisfy(isClear);
});

it("a record that SQLite cannot hold is refused as a record", () => {
  const thrown = new RangeError("The bound string, buffer, or bigint is too big");
  expect(faultOf(storeFault(thrown, path)).code).toBe("record-invalid");
});

it("a mistake of the program stays what it is", () => {
  const thrown = new TypeError("x is not a function");
  expect(storeFault(thrown, path)).toBe(thrown);
});

it("an iterator's faults are faults of the file as well, and stopping it stops what is behind it", () => {
  let stopped = false;
  const calls = guardCalls(path, {
    *rows() {
      try {
        yield 1;
        throw new Database.SqliteError("torn page", "SQLITE_CORRUPT");
      } finally {
        stopped = true;
      }
    },
  });
  expect(faultFrom(() => [...calls.rows()]).code).toBe("engagement-corrupt");
  stopped = false;
  for (const _ of calls.rows()) break;
  expect(stopped).toBe(true);
});
