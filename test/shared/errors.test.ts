import { expect, it } from "vitest";
import { errorCodes, exitStatusOf, faultOf, TickmarkError } from "../../shared/errors.ts";

it("a fault thrown on purpose keeps its code, its sentence and what to do", () => {
  const thrown = new TickmarkError("usage", "The period ends before it starts.", "Give a later end.");
  expect(faultOf(thrown)).toEqual({
    code: "usage",
    message: "The period ends before it starts.",
    action: "Give a later end.",
  });
});

it("anything else that is thrown is a bug and shows as internal, whatever its type", () => {
  expect(faultOf(new TypeError("x is not a function")).code).toBe("internal");
  expect(faultOf("a string").message).toContain("a string");
  expect(faultOf(undefined).code).toBe("internal");
});

it("every code has the exit status of wrong usage or of a fault, never that of success or of findings", () => {
  expect(new Set(errorCodes.map(exitStatusOf))).toEqual(new Set([2, 3]));
});
