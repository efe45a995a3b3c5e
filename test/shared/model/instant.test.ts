import fc from "fast-check";
import { expect, it } from "vitest";
import { parseInstant } from "../../../shared/model/instant.ts";

/** The parts of a written time, right and wrong: `2025-02-30T24:00:60.000+0000` among them. */
const written = fc
  .tuple(
    fc.constantFrom("0000", "1970", "2024", "2025", "9999"),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 61 }),
    fc.integer({ min: 0, max: 61 }),
    fc.constantFrom("", ".1", ".007", ".123456"),
    fc.constantFrom("Z", "z", "+0000", "+00:00", "-00:00", "+0130", "-05:00"),
  )
  .map(([year, month, day, hour, minute, second, fraction, zone]) => {
    const [months, days, hours, minutes, seconds] = [month, day, hour, minute, second].map((part) =>
      String(part).padStart(2, "0"),
    );
    return { text: `${year}-${months}-${days}T${hours}:${minutes}:${seconds}${fraction}`, zone };
  });

it("a time with its zone is what the language's own dates make of it, and none where they make none of it", () => {
  fc.assert(
    fc.property(written, ({ text, zone }) => {
      const moment = new Date(`${text}${zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`);
      const expected = Number.isNaN(moment.getTime()) ? null : moment.toISOString();
      expect(parseInstant(`${text}${zone}`)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

it.each(["2025-01-02T03:04:05", "2025-01-02", "03:04Z", "2025-01-02T03:04:05.000+0000 and more"])(
  "%s says no moment",
  (text) => {
    expect(parseInstant(text)).toBeNull();
  },
);
