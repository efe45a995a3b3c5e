import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOfText } from "../../../electron/export/text-content.ts";

/** As the texts of a document come: short ones, and now and then one that is longer than what is packed together. */
const pieces = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
    { weight: 1, arbitrary: fc.nat(300_000).map((length) => "ä€𝄞 ".repeat(length / 5)) },
  ),
  { maxLength: 12 },
);

test("a text that lies packed is what it was, each time that it is read", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (texts) => {
      const content = bytesOfText(texts);
      const whole = Buffer.from(texts.join(""));
      for (const { pieces } of [content(), content()]) expect((await buffer(pieces)).equals(whole)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("a text is gone through once, however often it is read", async () => {
  let made = 0;
  function* text() {
    made += 1;
    yield "made";
  }
  const content = bytesOfText(text());
  await buffer(content().pieces);
  await buffer(content().pieces);
  expect(made).toBe(1);
});
