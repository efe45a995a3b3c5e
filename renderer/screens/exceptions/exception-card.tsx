import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { ExceptionView } from "../../../shared/model/judgement-view.ts";
import { closureWords, exceptionStates, sayRestoration, severityWords } from "../../../shared/model/judgement-words.ts";
import { Button } from "../../components/button.tsx";
import { Changing } from "../../components/changing.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { Moment, Tag } from "../../components/values.tsx";
import { formatDay, shortItem } from "../../format.ts";
import { strings } from "../../strings.ts";
import { ActDialog, type ActKind } from "./act-dialog.tsx";
import { WriteUpDialog } from "./write-up-dialog.tsx";

const words = strings.exceptions;

const actsIn: Readonly<Record<ExceptionView["state"], readonly ActKind[]>> = {
  open: ["answer", "close"],
  answered: ["answer", "retest", "close"],
  retested: ["retest", "close"],
  closed: ["reopen"],
};

export function ExceptionCard({ view }: { readonly view: ExceptionView }) {
  const [acting, setActing] = useState<ActKind | null>(null);
  const [isRevising, setRevising] = useState(false);
  const { ref, exception, state } = view;
  const { title, control, severity, criterion, condition, cause, effect, by, at } = exception;
  return (
    <Card
      title={
        <>
          <span className="muted">{ref}</span> {showHidden(title)}
        </>
      }
      actions={<Tag look={state === "closed" ? "plain" : "doubt"}>{exceptionStates[state]}</Tag>}
    >
      <div className="stack">
        <Terms
          entries={[
            [words.control, <code key="control">{control}</code>],
            [words.severity, severityWords[severity]],
            [words.items, <Items key="items" view={view} />],
            [words.criterion, showHidden(criterion)],
            [words.condition, showHidden(condition)],
            [words.cause, showHidden(cause)],
            [words.effect, showHidden(effect)],
            ...responseEntries(exception),
            [
              words.writtenBy,
              <>
                {by}, <Moment at={at} />
              </>,
            ],
          ]}
        />
        <Changing>
          <div className="row">
            {actsIn[state].map((kind) => (
              <Button key={kind} onPress={() => setActing(kind)} aria-label={words.actOn(words.acts[kind], ref)}>
                {words.acts[kind]}
              </Button>
            ))}
            {state === "closed" ? null : (
              <Button onPress={() => setRevising(true)} aria-label={words.actOn(words.revise, ref)}>
                {words.revise}
              </Button>
            )}
          </div>
        </Changing>
      </div>
      <ActDialog view={view} kind={acting} onClose={() => setActing(null)} />
      <WriteUpDialog revised={exception} isOpen={isRevising} onClose={() => setRevising(false)} />
    </Card>
  );
}

function Items({ view: { exception, itemRefs } }: { readonly view: ExceptionView }) {
  if (exception.items.length === 0) return <span className="muted">{words.noItems}</span>;
  return (
    <span className="exception-items">
      {exception.items.map(({ population, item }, index) => {
        const ref = itemRefs[index];
        return ref ? (
          <Link key={item} to="/testing" search={{ population, item }}>
            {ref}
          </Link>
        ) : (
          <span key={item} title={item}>
            {shortItem(item)} {words.notTested}
          </span>
        );
      })}
    </span>
  );
}

type Entry = Parameters<typeof Terms>[0]["entries"][number];

function responseEntries({ response, retests, closure, restoration }: ExceptionView["exception"]): Entry[] {
  return [
    [words.response, response === null ? words.notAnswered : showHidden(response.response)],
    response === null ? null : [words.owner, words.ownerDue(response.owner, formatDay(response.due))],
    ...retests.map(
      ({ date, outcome, note, by }, index): Entry => [
        retests.length > 1 ? words.retestOf(index + 1) : words.retest,
        words.retested(words.retestOutcomes[outcome], formatDay(date), by, note),
      ],
    ),
    closure === null ? null : [words.closed, `${closureWords[closure.why]}: ${closure.reason} (${closure.by})`],
    restoration ? [words.undone, showHidden(sayRestoration(restoration))] : null,
  ];
}
