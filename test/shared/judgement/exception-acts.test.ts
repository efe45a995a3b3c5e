import { expect, it } from "vitest";
import { actOnException, raiseException } from "../../../shared/judgement/exception-acts.ts";
import {
  type AuditException,
  type ExceptionAct,
  exceptionRef,
  stateOfException,
} from "../../../shared/model/audit-exception.ts";

const done = { by: "A. Osei", at: "2026-07-02T09:00:00.000Z" };
const number = 3;
const writeUp = {
  control: "REV-01",
  title: "One was not approved",
  severity: "deficiency" as const,
  criterion: "All are approved.",
  condition: "One was not.",
  cause: "It was late.",
  effect: "One unseen change.",
  items: [],
};
const raised = raiseException(writeUp, number, done);
const acts: Record<string, ExceptionAct> = {
  revise: { kind: "revise", number, ...writeUp, severity: "material-weakness" },
  answer: { kind: "answer", number, response: "We agree.", owner: "S. Banerjee", due: "2026-09-30" },
  fails: { kind: "retest", number, date: "2026-10-01", outcome: "not-remedied", note: "One more." },
  holds: { kind: "retest", number, date: "2026-11-01", outcome: "remedied", note: "None." },
  remedied: { kind: "close", number, why: "remedied", reason: "Seen." },
  accepted: { kind: "close", number, why: "risk-accepted", reason: "The board said so." },
  withdrawn: { kind: "close", number, why: "withdrawn", reason: "It was approved on paper." },
  reopen: { kind: "reopen", number },
};

function after(...names: readonly string[]): AuditException {
  return names.reduce((exception, name) => {
    const act = acts[name];
    if (!act) throw new Error(name);
    return actOnException(exception, act, done);
  }, raised);
}

it.each([
  [[], "open"],
  [["answer"], "answered"],
  [["answer", "fails"], "answered"],
  [["answer", "fails", "holds"], "retested"],
  [["answer", "holds", "fails"], "answered"],
  [["answer", "holds", "remedied"], "closed"],
  [["answer", "accepted"], "closed"],
  [["withdrawn"], "closed"],
  [["withdrawn", "reopen"], "open"],
  [["answer", "holds", "remedied", "reopen"], "retested"],
] as const)("an exception after %j is %s", (names, state) => {
  const exception = after(...names);
  expect(stateOfException(exception)).toBe(state);
  expect(exceptionRef(exception)).toBe("G.3");
  expect(exception.revision).toBe(names.length + 1);
});

it.each([
  [["holds"], "Enter management's response first."],
  [["remedied"], "no retest has shown a remedy"],
  [["answer", "fails", "remedied"], "no retest has shown a remedy"],
  [["accepted"], "management has not said so"],
  [["withdrawn", "answer"], "G.3 is closed and cannot be answered."],
  [["withdrawn", "withdrawn"], "It is closed already."],
  [["reopen"], "It is not closed."],
] as const)("an exception refuses the last of %j", (names, said) => {
  const before = after(...names.slice(0, -1));
  const last = acts[names.at(-1) ?? ""];
  if (!last) throw new Error("no act");
  expect(() => actOnException(before, last, done)).toThrow(
    expect.objectContaining({
      code: "stage-order",
      ...(said.endsWith("first.") || said.startsWith("It is")
        ? { action: said }
        : { message: expect.stringContaining(said) }),
    }),
  );
});

it("an exception that is written up anew keeps its answer and who raised it", () => {
  const exception = after("answer", "revise");
  expect(exception).toMatchObject({ severity: "material-weakness", by: "A. Osei", response: { owner: "S. Banerjee" } });
});
