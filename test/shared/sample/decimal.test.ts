import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfidenceText, RateText } from "../../../shared/model/decimal-text.ts";
import {
  compareDecimals,
  complementOf,
  formatPercent,
  halfOf,
  multiplyUp,
  parseDecimal,
  toNumber,
} from "../../../shared/sample/decimal.ts";

describe("a decimal number", () => {
  it("is exactly what is written", () => {
    expect(multiplyUp(parseDecimal("0.035"), 400)).toBe(14);
    expect(Math.ceil(0.035 * 400)).toBe(15);
    expect(multiplyUp(parseDecimal("0.07"), 1300)).toBe(91);
    expect(multiplyUp(parseDecimal("0.050"), 1_000_000_000)).toBe(50_000_000);
    expect(multiplyUp(parseDecimal("0.0500000001"), 1_000_000_000)).toBe(50_000_001);
  });

  it.each([
    ["5e-2", "0.05"],
    [".05", "0.05"],
    ["0.0500", "0.05"],
    ["50E-3", "0.05"],
    ["0.5e-1", "0.05"],
    ["1.", "1"],
    ["10e-1", "1"],
    ["0e5", "0"],
  ])("reads %s as %s", (written, same) => {
    expect(compareDecimals(parseDecimal(written), parseDecimal(same))).toBe(0);
    expect(toNumber(parseDecimal(written))).toBe(Number(same));
  });

  it.each(["", ".", "5 %", "0,05", "-0.05", "+0.05", "1/20", "0.05x", "NaN", "e-2", "0x1", "1e", " 0.05", "1e999"])(
    "does not guess what %j means",
    (text) => {
      expect(() => parseDecimal(text)).toThrowError(expect.objectContaining({ code: "request-invalid" }));
      expect(RateText.safeParse(text).success).toBe(false);
    },
  );

  it("compares, halves and complements without a rounding", () => {
    expect(compareDecimals(parseDecimal("0.3"), parseDecimal("0.30000000000000000001"))).toBeLessThan(0);
    expect(compareDecimals(parseDecimal("0.2"), parseDecimal("0.19"))).toBeGreaterThan(0);
    expect(toNumber(complementOf(parseDecimal("0.9")))).toBe(0.1);
    expect(1 - 0.9).not.toBe(0.1);
    expect(toNumber(halfOf(complementOf(parseDecimal("0.95"))))).toBe(0.025);
  });

  it("is shown as per cent with every digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (digits) => {
        const text = `0.${String(digits).padStart(21, "0")}`;
        const shown = formatPercent(parseDecimal(text)).replace(" %", "e-2");
        expect(compareDecimals(parseDecimal(shown), parseDecimal(text))).toBe(0);
      }),
    );
    expect(["0.035", "0.05", "1", "0", "0.0001"].map((text) => formatPercent(parseDecimal(text)))).toEqual([
      "3.5 %",
      "5 %",
      "100 %",
      "0 %",
      "0.01 %",
    ]);
  });

  it("is a rate up to exactly 1, and a confidence between exactly 0 and 1", () => {
    const almost = `0.${"9".repeat(25)}`;
    const over = `1.${"0".repeat(25)}1`;
    const isRate = (text: string) => RateText.safeParse(text).success;
    const isConfidence = (text: string) => ConfidenceText.safeParse(text).success;
    expect([isRate("0"), isRate("1"), isRate(almost), isRate(over), isRate("5")]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([isConfidence("0"), isConfidence("1"), isConfidence(almost), isConfidence(over)]).toEqual([
      ...[false, false, true, false],
    ]);
  });
});
