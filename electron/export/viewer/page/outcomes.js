import { element } from "./elements.js";

/** State is told by sign, word and colour, never by colour alone. */
export const outcomes = {
  "pass": { sign: "✓", word: "pass", meaning: "tested, no deviation" },
  "fail": { sign: "✗", word: "fail", meaning: "tested, the rule does not hold" },
  "no-evidence": { sign: "?", word: "no evidence", meaning: "evidence is missing: counts as a deviation" },
  "not-applicable": { sign: "n/a", word: "not applicable", meaning: "the control does not apply" },
};

export function isDeviation(outcome) {
  return outcome === "fail" || outcome === "no-evidence";
}

/** The sign alone, with its word for who cannot see it. */
export function mark(outcome) {
  const known = outcomes[outcome];
  if (!known) return element("span", { class: "mark" }, "–");
  return element(
    "span",
    { class: `mark ${outcome}`, title: known.word, role: "img", "aria-label": known.word },
    known.sign,
  );
}

/** The sign with its word. */
export function badge(outcome) {
  return element("span", { class: "badge" }, mark(outcome), ` ${outcomes[outcome]?.word ?? "not tested"}`);
}

export function legend() {
  const entries = Object.entries(outcomes).map(([outcome, { meaning }]) =>
    element("li", null, mark(outcome), ` ${meaning}`),
  );
  return element("ul", { class: "legend" }, entries);
}
