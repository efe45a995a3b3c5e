import { code, element, factList, link, said, table } from "./elements.js";
import { badge } from "./outcomes.js";
import { formatInstant, shortId } from "./phrases.js";

/** What people said about the results: exceptions, judgements, sign-offs and review notes. */
export function judgementsView(data) {
  return [
    element("h1", null, "Judgements, exceptions and sign-offs"),
    signOffSection(data),
    element("h2", null, "Exceptions"),
    data.exceptions.length > 0
      ? data.exceptions.map((view) => exceptionSection(data, view))
      : element("p", { class: "muted" }, "None were written up."),
    element("h2", null, "Judgements"),
    element(
      "p",
      { class: "muted" },
      "A judgement stands beside a result and never changes it. A failure that was taken for no deviation is left out of the numbers as judged, and no support rests on it.",
    ),
    data.judgements.length > 0
      ? judgementTable(data)
      : element("p", { class: "muted" }, "Nobody judged a result: all count as they came out."),
    data.notes.length > 0 ? [element("h2", null, "Review notes"), noteTable(data)] : null,
  ];
}

function refsOf({ matrices }) {
  return new Map(matrices.flatMap(({ rows }) => rows.map((row) => [row.id, row.ref])));
}

const nobody = () => element("span", { class: "muted" }, "nobody");

function standing(shown) {
  if (shown === null) return nobody();
  return [
    said(shown.by),
    `, ${formatInstant(shown.at)}`,
    shown.void === "" ? null : element("strong", { class: "missing" }, ` ${shown.void}`),
  ];
}

/** The engagement's sign-offs, for the first view. */
export function engagementSignOffs({ signedOff }) {
  const own = signedOff.find(({ control }) => control === null);
  return [
    ["Signed off as preparer", standing(own?.preparer ?? null)],
    ["Signed off as reviewer", standing(own?.reviewer ?? null)],
  ];
}

function signOffSection({ signedOff }) {
  const rows = signedOff
    .filter(({ preparer, reviewer }) => preparer !== null || reviewer !== null)
    .map(({ control, preparer, reviewer }) => [
      control === null ? "Engagement" : link(`control/${encodeURIComponent(control)}`, control),
      standing(preparer),
      standing(reviewer),
    ]);
  return [
    element("h2", null, "Sign-offs"),
    rows.length > 0
      ? table([{ title: "What", class: "sixth" }, { title: "Prepared" }, { title: "Reviewed" }], rows)
      : element("p", { class: "muted" }, "Nobody signed off anything."),
  ];
}

function exceptionSection(data, { ref, exception, state, itemRefs }) {
  const { response, retests, closure, restoration } = exception;
  const words = data.judgementWords;
  const items = exception.items.map(({ item }, index) => [
    itemRefs[index] ? link(`item/${itemRefs[index]}`, itemRefs[index]) : said(shortId(item)),
    " ",
  ]);
  return element(
    "section",
    { id: ref },
    element("h3", null, element("span", { class: "ref" }, ref), " ", said(exception.title)),
    factList([
      ["State", `${words.exceptionStates[state]}; ${words.severities[exception.severity]}`],
      ["Control", link(`control/${encodeURIComponent(exception.control)}`, exception.control)],
      ["Items", items.length > 0 ? items : "the control as a whole"],
      ["Criterion", said(exception.criterion)],
      ["Condition", said(exception.condition)],
      ["Cause", said(exception.cause)],
      ["Effect", said(exception.effect)],
      ["Management", response === null ? "has not answered" : said(response.response)],
      response === null ? null : ["Owner", [said(response.owner), `, due ${response.due}`]],
      ...retests.map(({ date, outcome, note, by }) => [
        "Retest",
        [`${outcome.replace("-", " ")} on ${date}, by `, said(by), ": ", said(note)],
      ]),
      closure === null
        ? null
        : ["Closed", [`${words.closures[closure.why]} by `, said(closure.by), ": ", said(closure.reason)]],
      restoration
        ? ["Undone", [`what revision ${restoration.of} did, by `, said(restoration.by), ": ", said(restoration.reason)]]
        : null,
      ["Written up by", [said(exception.by), `, ${formatInstant(exception.at)}`]],
    ]),
  );
}

function judgementTable(data) {
  const refs = refsOf(data);
  const rows = data.judgements.map((view) => {
    const { judgement } = view;
    const ref = refs.get(judgement.item);
    return [
      view.ref,
      [
        link(`control/${encodeURIComponent(judgement.control)}`, judgement.control),
        " ",
        ref ? link(`item/${ref}`, ref) : said(shortId(judgement.item)),
        element("div", { class: "muted small" }, judgement.assertion),
      ],
      badge(judgement.tested),
      [
        judgement.outcome === null ? "taken back" : badge(judgement.outcome),
        element("div", { class: "muted small" }, stateOf(data, view)),
      ],
      wordsOf(judgement),
      [said(judgement.by), element("div", { class: "muted small" }, formatInstant(judgement.at))],
    ];
  });
  return table(
    [
      { title: "Ref" },
      { title: "Result" },
      { title: "Tested" },
      { title: "Judged" },
      { title: "Why", class: "third" },
      { title: "By" },
    ],
    rows,
  );
}

function stateOf({ judgementWords }, { effect, standing: state }) {
  return effect !== null && state === "stands" ? judgementWords.effects[effect] : judgementWords.standings[state];
}

function wordsOf({ reason, procedure }) {
  if (procedure === null) return said(reason);
  return [
    element("p", null, said(reason)),
    element("p", null, "Done: ", said(procedure.done)),
    element("p", null, "Seen: ", said(procedure.seen)),
    procedure.documents.map((sha256) => element("p", null, code(`evidence/${sha256}`))),
  ];
}

/** Beside a result: the judgement that stands on it; null where there is none. */
export function judgementBeside(data, result) {
  const view = data.judgements.find(
    ({ standing: state, judgement }) =>
      state === "stands" &&
      judgement.item === result.item &&
      judgement.control === result.control &&
      judgement.assertion === result.assertion &&
      judgement.population === result.population,
  );
  if (!view) return null;
  return element(
    "div",
    { class: "judged" },
    element(
      "p",
      null,
      link("judgements", view.ref),
      " judged ",
      badge(view.judgement.outcome),
      " by ",
      said(view.judgement.by),
    ),
    wordsOf(view.judgement),
  );
}

function noteTable({ notes, judgementWords }) {
  const line = (what, { by, at, text }) =>
    element("p", null, element("span", { class: "muted" }, what, said(by), `, ${formatInstant(at)}: `), said(text));
  const rows = notes.map(({ ref, note, state, about }) => [
    ref,
    said(about),
    [
      line("", note),
      note.answers.map((answer) => line("answered by ", answer)),
      note.cleared === null ? null : line("cleared by ", note.cleared),
      note.restoration
        ? line("the last of it undone by ", { ...note.restoration, text: note.restoration.reason })
        : null,
    ],
    judgementWords.noteStates[state],
  ]);
  return table(
    [{ title: "Ref" }, { title: "On" }, { title: "Note and answers", class: "third" }, { title: "State" }],
    rows,
  );
}
