import type { ExceptionView } from "../../../../shared/model/judgement-view.ts";
import { closureWords, exceptionStates, severityWords } from "../../../../shared/model/judgement-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { colors, muted, spaced, strong, text } from "../style.ts";
import type { Span } from "../text-runs.ts";
import { formatDay, formatInstant, shortId } from "../wording.ts";
import { controlRef, destinationOf } from "../workpaper.ts";
import { drawFacts, type Fact } from "./facts-list.ts";

export const exceptionsRef = "G";

const longest = 4000;
const mostItems = 60;

/** Deviations as they were written up, with what management says and what a retest showed: a block each. */
export function drawExceptions(flow: Flow, content: ReportContent): void {
  if (content.exceptions.length === 0) return;
  flow.startSection({ title: "Exceptions", ref: exceptionsRef, destination: destinationOf(exceptionsRef) });
  for (const view of content.exceptions) drawException(flow, content, view);
}

function drawException(flow: Flow, content: ReportContent, { ref, exception, state, itemRefs }: ExceptionView): void {
  const { control, title, severity, criterion, condition, cause, effect, items, by, at } = exception;
  flow.startBlock({ title: shorten(title, 120), ref, destination: destinationOf(ref) }, 150);
  const words = (value: string) => [text(shorten(value, longest))];
  const refOfControl = controlRef(content, control);
  const goTo = refOfControl === null ? undefined : destinationOf(refOfControl);
  drawFacts(
    flow,
    [
      ["State", spaced(strong(exceptionStates[state]), text(severityWords[severity]))],
      ["Control", spaced(text(control, { goTo }), muted(refOfControl ?? ""))],
      ["Items", nameItems(items, itemRefs)],
      ["Criterion", words(criterion)],
      ["Condition", words(condition)],
      ["Cause", words(cause)],
      ["Effect", words(effect)],
      ...responseOf(exception),
      ["Written up by", [text(`${by}, ${formatInstant(at)}`)]],
    ],
    4,
  );
}

function nameItems(items: ExceptionView["exception"]["items"], refs: ExceptionView["itemRefs"]): Span[] {
  if (items.length === 0) return [muted("the control as a whole")];
  const shown = items.slice(0, mostItems).map(({ item }, index) => {
    const ref = refs[index];
    return ref
      ? text(ref, { color: colors.accent, goTo: destinationOf(ref) })
      : text(`${shorten(shortId(item), 80)} (no longer tested)`);
  });
  const rest = items.length > mostItems ? [muted(`and ${items.length - mostItems} more`)] : [];
  return spaced(...shown, ...rest);
}

function responseOf({ response, retests, closure, restoration }: ExceptionView["exception"]): Fact[] {
  const facts: Fact[] = [];
  facts.push(
    response === null
      ? ["Management", [muted("has not answered")]]
      : ["Management", [text(shorten(response.response, longest))], [signedWords(response)]],
  );
  if (response !== null) facts.push(["Owner", [text(`${response.owner}, due ${formatDay(response.due)}`)]]);
  for (const { date, outcome, note, by } of retests) {
    const found = outcome === "remedied" ? "remedied" : "not remedied";
    facts.push(["Retest", spaced(strong(found), text(`on ${formatDay(date)} by ${by}: ${shorten(note, longest)}`))]);
  }
  if (closure !== null) {
    facts.push([
      "Closed",
      spaced(strong(closureWords[closure.why]), text(shorten(closure.reason, longest))),
      [signedWords(closure)],
    ]);
  }
  if (restoration) {
    const what = `what revision ${restoration.of} did: ${shorten(restoration.reason, longest)}`;
    facts.push(["Undone", [text(what)], [signedWords(restoration)]]);
  }
  return facts;
}

function signedWords({ by, at }: { readonly by: string; readonly at: string }): Span {
  return muted(`entered by ${by}, ${formatInstant(at)}`);
}
