import fc from "fast-check";
import { expect, it } from "vitest";
import { createCsvCutter, readCsv } from "../../../shared/model/csv.ts";

const cellsOf = (text: string): unknown[] => readCsv(text).map((row) => ("cells" in row ? row.cells : row.reason));

it("reads cells in quotation marks with commas, line ends and doubled marks (RFC 4180)", () => {
  expect(cellsOf('a,"b,c",d\r\n"e ""f""","g\nh",\n')).toEqual([
    ["a", "b,c", "d"],
    ['e "f"', "g\nh", ""],
  ]);
});

it("numbers records by the line that they begin on and leaves out empty lines", () => {
  expect(readCsv('a\n\n"b\nc"\nd\n', 10).map(({ line }) => line)).toEqual([10, 12, 14]);
});

it("a mark inside of a plain cell is a character, and one that is not closed is said", () => {
  expect(cellsOf('5" pipe,x\n"open,y\n')).toEqual([['5" pipe', "x"], "a quotation mark is not closed"]);
  expect(cellsOf('"closed"tail,x')).toEqual([["closedtail", "x"]]);
});

const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "é", " "), maxLength: 6 });
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
const write = (rows: string[][], end: string): string => {
  const written = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(written).join(",") + end).join("");
};

it("what was written by the book is read as it was", () => {
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, end) => {
      expect(cellsOf(write(rows, end))).toEqual(rows);
    }),
  );
});

it("a file cut where records end, in whatever pieces it comes, is read part by part as the whole is", () => {
  fc.assert(
    fc.property(table, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (rows, sizes) => {
      const bytes = Buffer.from(write(rows, "\n"));
      const cutter = createCsvCutter();
      const read: unknown[] = [];
      let rest = Buffer.alloc(0);
      let line = 1;
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const piece = bytes.subarray(at, at + (sizes[turn % sizes.length] ?? 1));
        at += piece.length;
        const end = cutter.cut(piece);
        const part = Buffer.concat([rest, piece.subarray(0, end)]);
        rest = end === 0 ? Buffer.concat([rest, piece]) : piece.subarray(end);
        if (end === 0) continue;
        read.push(...readCsv(part.toString(), line));
        line += part.toString().split("\n").length - 1;
      }
      expect(rest.length).toBe(0);
      expect(read).toEqual(readCsv(bytes.toString()));
    }),
  );
});
