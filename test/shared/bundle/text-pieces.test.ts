import fc from "fast-check";
import { expect, it } from "vitest";
import { gatherPieces } from "../../../shared/bundle/text-pieces.ts";

it("gathered pieces are the same text, and none but the last is shorter than asked for", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 8 })), fc.integer({ min: 1, max: 20 }), (pieces, least) => {
      const gathered = [...gatherPieces(pieces, least)];
      expect(gathered.join("")).toBe(pieces.join(""));
      for (const piece of gathered.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(least);
      expect(gathered).not.toContain("");
    }),
  );
});
