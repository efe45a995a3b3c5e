import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import { raiseException } from "../../../shared/judgement/exception-acts.ts";
import { judgeResult } from "../../../shared/judgement/judging.ts";
import { actOnNote, raiseNote } from "../../../shared/judgement/note-acts.ts";
import { digestsUnder, type SignedState } from "../../../shared/judgement/signed-state.ts";
import { signOff, standingSignOffs, withdrawSignOff } from "../../../shared/judgement/signing-off.ts";
import type { Result } from "../../../shared/model/result.ts";
import type { ReviewNote } from "../../../shared/model/review-note.ts";
import type { SignedPart, SignOff, SignOffRole, SignOffScope } from "../../../shared/model/sign-off.ts";
import { catalog, drawAndTest, plan } from "../evaluation/sample-under-test.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const at = "2026-07-02T09:00:00.000Z";
const osei = { by: "A. Osei", at };
const { sample, results } = drawAndTest({
  populationSize: 812,
  basis: plan({ method: "binomial", confidence: "0.9", tolerableRate: "0.05" }),
  found: { "pass": 58, "fail": 1, "no-evidence": 1 },
});
const [first] = results;
if (!first) throw new Error("no result");
const control: SignOffScope = { kind: "control", control: "REV-01" };
const engagement: SignOffScope = { kind: "engagement" };
const writeUp = {
  control: "REV-01",
  title: "One was not approved",
  severity: "deficiency" as const,
  criterion: "All are approved.",
  condition: "One was not.",
  cause: "It was late.",
  effect: "One unseen change.",
  items: [{ population: "change" as const, item: first.item }],
};
const request = { ...first, outcome: "fail" as const, reason: "Seen.", procedure: null };

function stateOf(of: readonly Result[] = results): SignedState {
  return {
    catalogText: JSON.stringify(catalog),
    catalog,
    parameters: { "REV-01": { minimum: 1 } },
    ipe: [{ pullId: "1-git", recordsDigest: "a".repeat(64) }],
    freezes: [{ id: "freeze-1", population: "change", at, by: "A. Osei", size: 812, digest: "b".repeat(64) }],
    samples: [sample],
    results: (control) => of.filter((result) => control === null || result.control === control),
    judgements: [judgeResult(request, first as Result, { number: 1, by: "J. Duarte", at }, digest)],
    exceptions: [raiseException(writeUp, 1, osei)],
    conclusions: concludeControls(catalog, sample, of),
  };
}

const isEmpty = (of: object) => Object.keys(of).length === 0;

/** A copy in which one text or number somewhere below is another. */
function changeSomewhere<T>(value: T, choose: (many: number) => number): T {
  if (Array.isArray(value)) {
    const index = choose(value.length);
    return value.map((each, at) => (at === index ? changeSomewhere(each, choose) : each)) as T;
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, of]) => of !== null && !(typeof of === "object" && isEmpty(of)));
    const [field, of] = fields[choose(fields.length)] ?? [];
    return field === undefined ? value : { ...value, [field]: changeSomewhere(of, choose) };
  }
  if (typeof value === "number") return (value + 1) as T;
  if (typeof value === "boolean") return !value as T;
  return `${value}x` as T;
}

const parts: readonly (readonly [SignedPart, keyof SignedState])[] = [
  ["evidence", "ipe"],
  ["population", "freezes"],
  ["sample", "samples"],
  ["judgements", "judgements"],
  ["exceptions", "exceptions"],
  ["conclusions", "conclusions"],
];

function sign(
  scope: SignOffScope,
  role: SignOffRole,
  by: string,
  signOffs: readonly SignOff[] = [],
  state = stateOf(),
) {
  return signOff({ scope, role }, state, { number: signOffs.length + 1, by, at, signOffs, notes: [] }, digest);
}

const changedUnder = (scope: SignOffScope, state: SignedState) =>
  standingSignOffs(scope, [sign(scope, "preparer", "A. Osei")], state, digest).preparer?.changed;

describe("a sign-off", () => {
  it("stands while nothing under it has changed", () => {
    expect(changedUnder(control, stateOf())).toEqual([]);
    expect(changedUnder(engagement, stateOf())).toEqual([]);
  });

  it("is void when anything under it is another, and says what", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...parts),
        fc.constantFrom(control, engagement),
        fc.infiniteStream(fc.nat()),
        (which, scope, numbers) => {
          const [part, field] = which;
          const choose = (many: number) => (numbers.next().value as number) % Math.max(many, 1);
          const state = stateOf();
          // Of a sample, its draws: what it is called follows from them.
          const value = field === "samples" ? state.samples.flatMap(({ draws }) => draws) : state[field];
          const other = changeSomewhere(value, choose) as never;
          const changed =
            field === "samples" ? { ...state, samples: [{ ...sample, draws: other }] } : { ...state, [field]: other };
          // A record of another control or population is no longer under the control, which is a change as well.
          expect(changedUnder(scope, changed)).toEqual([part]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is void when any result is another", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(control, engagement),
        fc.infiniteStream(fc.nat()),
        (pick, scope, numbers) => {
          const choose = (many: number) => (numbers.next().value as number) % Math.max(many, 1);
          const index = pick % results.length;
          const others = results.map((result, at) => (at === index ? changeSomewhere(result, choose) : result));
          const state = { ...stateOf(), results: () => others };
          expect(changedUnder(scope, state)).toEqual(["results"]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is void when its rule or its parameters are others; another control's leave it as it is", () => {
    const state = stateOf();
    const [rule] = catalog.controls;
    if (!rule) throw new Error("no control");
    const loosened = { ...catalog, controls: [{ ...rule, objective: "Some were approved." }] };
    expect(changedUnder(control, { ...state, catalog: loosened })).toEqual(["catalog"]);
    expect(changedUnder(control, { ...state, parameters: { "REV-01": { minimum: 0 } } })).toEqual(["catalog"]);
    const more = { ...state, parameters: { ...state.parameters, "DEP-01": { other: 1 } } };
    expect(changedUnder(control, more)).toEqual([]);
    expect(changedUnder(engagement, more)).toEqual(["catalog"]);
  });

  it("of one control is not touched by what is judged of another", () => {
    const state = stateOf();
    const [judgement] = state.judgements;
    if (!judgement) throw new Error("no judgement");
    const more = { ...state, judgements: [judgement, { ...judgement, number: 2, control: "DEP-01" }] };
    expect(changedUnder(control, more)).toEqual([]);
    expect(changedUnder(engagement, more)).toEqual(["judgements"]);
  });

  it("has the same digests however many results there are at once, and others in another order", () => {
    const many = Array.from({ length: 2001 }, (_, index) => ({ ...(first as Result), item: `item ${index}` }));
    const under = (of: readonly Result[]) =>
      digestsUnder(engagement, { ...stateOf(), results: () => of }, digest).results;
    expect(under(many)).toBe(under([...many]));
    expect(under(many)).not.toBe(under(many.toReversed()));
  });
});

describe("a withdrawal", () => {
  const prepared = sign(control, "preparer", "A. Osei");
  const reviewed = sign(control, "reviewer", "M. Lindqvist", [prepared]);
  const withdraw = (number: number, by: string, signOffs: readonly SignOff[]) =>
    withdrawSignOff({ number, reason: "Too early." }, { number: signOffs.length + 1, by, at, signOffs });
  const standing = (signOffs: readonly SignOff[]) => {
    const { preparer, reviewer } = standingSignOffs(control, signOffs, stateOf(), digest);
    return [preparer?.signOff.number, reviewer?.signOff.number];
  };

  it("leaves nobody's name, also not an earlier one, until somebody signs again", () => {
    const twice = [prepared, sign(control, "preparer", "A. Osei", [prepared])];
    const withdrawn = [...twice, withdraw(2, "a. osei", twice)];
    expect(standing(withdrawn)).toEqual([undefined, undefined]);
    const again = [...withdrawn, sign(control, "preparer", "R. Tanaka", withdrawn)];
    expect(standing(again)).toEqual([4, undefined]);
  });

  it("is the reviewer's before it is the preparer's, so that nothing shows as reviewed that nobody prepared", () => {
    const both = [prepared, reviewed];
    expect(() => withdraw(1, "A. Osei", both)).toThrow(/S\.2 by M\. Lindqvist rests on it/);
    const unreviewed = [...both, withdraw(2, "M. Lindqvist", both)];
    expect(standing(unreviewed)).toEqual([1, undefined]);
    const none = [...unreviewed, withdraw(1, "A. Osei", unreviewed)];
    expect(standing(none)).toEqual([undefined, undefined]);
    expect(() => sign(control, "reviewer", "M. Lindqvist", none)).toThrow(/no preparer has/);
  });

  it("is of what stands, by who gave it", () => {
    expect(() => withdraw(1, "M. Lindqvist", [prepared])).toThrow(/given by A\. Osei/);
    expect(() => withdraw(7, "A. Osei", [prepared])).toThrow(/no sign-off S\.7/);
    const withdrawn = [prepared, withdraw(1, "A. Osei", [prepared])];
    for (const number of [1, 2]) expect(() => withdraw(number, "A. Osei", withdrawn)).toThrow(/not what stands/);
  });
});

describe("a reviewer", () => {
  const prepared = [sign(control, "preparer", "A. Osei")];
  const review = (by: string, signOffs = prepared, state = stateOf()) => sign(control, "reviewer", by, signOffs, state);

  it("signs off what another person prepared, as it was prepared", () => {
    expect(review("M. Lindqvist").digests).toEqual(prepared[0]?.digests);
  });

  it.each([
    ["before anybody prepared it", "M. Lindqvist", [], stateOf(), /no preparer has/],
    ["what they prepared", "A. Osei", prepared, stateOf(), /who prepared it/],
    ["what they prepared, in another spelling", "a.  osei", prepared, stateOf(), /who prepared it/],
    ["what they judged", "J. Duarte", prepared, stateOf(), /who judged or prepared REV-01/],
    [
      "what changed since it was prepared",
      "M. Lindqvist",
      prepared,
      { ...stateOf(), exceptions: [] },
      /void.*exceptions/,
    ],
  ] as const)("does not sign off %s", (_what, by, signOffs, state, said) => {
    expect(() => review(by, [...signOffs], state)).toThrow(said);
  });

  it("of the engagement did not prepare any control of it", () => {
    const signOffs = [sign(engagement, "preparer", "A. Osei"), sign(control, "preparer", "R. Tanaka")];
    expect(() => sign(engagement, "reviewer", "R. Tanaka", signOffs)).toThrow(/who judged or prepared REV-01/);
    expect(sign(engagement, "reviewer", "M. Lindqvist", signOffs).role).toBe("reviewer");
  });

  it("waits for the review notes of a control, and for all of them with the engagement", () => {
    const about = (number: number, subject: ReviewNote["about"]) =>
      raiseNote({ about: subject, text: "Why?" }, number, osei);
    const notes = [
      about(1, { kind: "control", control: "DEP-01" }),
      about(2, { kind: "item", control: "REV-01", population: "change", item: "a" }),
    ];
    const trySigning = (scope: SignOffScope, open: readonly ReviewNote[]) => () =>
      signOff(
        { scope, role: "reviewer" },
        stateOf(),
        { number: 2, by: "M. Lindqvist", at, signOffs: [sign(scope, "preparer", "A. Osei")], notes: open },
        digest,
      );
    expect(trySigning(control, notes)).toThrow(/N\.2\.$/);
    expect(trySigning(engagement, notes)).toThrow(/N\.1, N\.2\.$/);
    const cleared = notes.map((note) =>
      actOnNote(
        actOnNote(note, { kind: "answer", number: note.number, text: "So." }, osei),
        { kind: "clear", number: note.number, text: "I see." },
        osei,
      ),
    );
    expect(trySigning(engagement, cleared)).not.toThrow();
  });
});
