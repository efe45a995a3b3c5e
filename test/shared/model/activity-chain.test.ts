import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Activity } from "../../../shared/model/activity.ts";
import { chainStart, sealActivity, verifyActivityChain } from "../../../shared/model/activity-chain.ts";

const digest = (content: string | Uint8Array) => hash("sha256", content, "hex");

function makeLog(subjects: readonly string[]): Activity[] {
  const log: Activity[] = [];
  for (const subject of subjects) {
    const entry = {
      number: log.length + 1,
      at: "2025-07-01T10:00:00.000Z",
      by: "Ada",
      kind: "source-added" as const,
      subject,
      before: null,
      after: { id: subject, nested: [1, { é: "ü" }] },
      previous: log.at(-1)?.hash ?? chainStart,
    };
    log.push(sealActivity(entry, digest));
  }
  return log;
}

const subjects = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 8 });

it("an empty log holds and its head is 64 zeros", () => {
  expect(verifyActivityChain([], digest)).toEqual({ ok: true, head: "0".repeat(64) });
});

it("an entry's hash can be taken again with sha256sum over its canonical JSON without the hash", () => {
  const [entry] = makeLog(["git"]);
  const text =
    '{"after":{"id":"git","nested":[1,{"é":"ü"}]},"at":"2025-07-01T10:00:00.000Z","before":null,"by":"Ada",' +
    `"kind":"source-added","number":1,"previous":"${"0".repeat(64)}","subject":"git"}`;
  expect(entry?.hash).toBe(execFileSync("sha256sum", { input: text, encoding: "utf8" }).slice(0, 64));
});

it("any log that was made entry by entry holds, and holds after it was written and read", () => {
  fc.assert(
    fc.property(subjects, (names) => {
      const log = makeLog(names);
      const again = log.map((entry) => Activity.parse(JSON.parse(JSON.stringify(entry))));
      expect(verifyActivityChain(again, digest)).toEqual({ ok: true, head: log.at(-1)?.hash });
    }),
  );
});

it("any change of any entry, any entry left out, and any two exchanged break the chain where it happened", () => {
  fc.assert(
    fc.property(subjects, fc.nat(), (names, pick) => {
      const log = makeLog(names);
      const at = pick % log.length;
      const entry = log[at] as Activity;
      const changed = [
        { ...entry, by: "Eve" },
        { ...entry, after: null },
        { ...entry, at: "2025-07-01T10:00:00.001Z" },
        { ...entry, hash: digest("other") },
        { ...entry, previous: digest("other") },
        { ...entry, number: entry.number + 1 },
      ];
      for (const other of changed) {
        expect(verifyActivityChain(log.with(at, other), digest)).toMatchObject({ ok: false, number: at + 1 });
      }
      // Leaving out the last entries keeps a chain that holds: its head tells, which is why the head is signed.
      const shorter = verifyActivityChain(log.toSpliced(at, 1), digest);
      if (at < log.length - 1) expect(shorter).toMatchObject({ ok: false, number: at + 1 });
      else expect(shorter).not.toMatchObject({ head: entry.hash });
      const following = log[at + 1];
      if (following) {
        const exchanged = log.with(at, following).with(at + 1, entry);
        expect(verifyActivityChain(exchanged, digest)).toMatchObject({ ok: false, number: at + 1 });
      }
    }),
  );
});

it("an entry sealed anew after a change breaks the chain at the next one", () => {
  const log = makeLog(["a", "b", "c"]);
  const { hash: _, ...second } = log[1] as Activity;
  const forged = sealActivity({ ...second, by: "Eve" }, digest);
  expect(verifyActivityChain(log.with(1, forged), digest)).toEqual({
    ok: false,
    number: 3,
    expected: forged.hash,
    found: log[1]?.hash,
  });
});

it("an entry that canonical JSON cannot express breaks the chain instead of stopping the check", () => {
  const [entry] = makeLog(["a"]);
  const half = { ...(entry as Activity), subject: "\ud800" };
  expect(verifyActivityChain([half], digest)).toMatchObject({ ok: false, number: 1, found: entry?.hash });
});
