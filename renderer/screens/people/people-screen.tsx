import "./people.css";
import type { PeopleView } from "../../../shared/model/people-decision.ts";
import { useProcedure } from "../../api.ts";
import { Page } from "../../components/page.tsx";
import { AnswerOf, Empty } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import { NoEngagement } from "../start/no-engagement.tsx";
import { DecisionsCard } from "./decisions-card.tsx";
import { PersonsCard } from "./persons-card.tsx";
import { UnknownCard } from "./unknown-card.tsx";

const words = strings.people;

/** Who is behind which account and why, the unknown first: what hangs on them has no evidence. */
export function PeopleScreen() {
  const current = useProcedure("engagement.current", {});
  const isFrozen = current.data != null && current.data.counts.changes !== null;
  const people = useProcedure("people.list", {}, { enabled: isFrozen });
  return (
    <Page title={words.title} subtitle={words.subtitle}>
      <AnswerOf of={current} loading={words.loading}>
        {(engagement) => {
          if (engagement === null) return <NoEngagement />;
          if (!isFrozen) return <Empty title={words.notYet}>{words.notYetAbout}</Empty>;
          return (
            <AnswerOf of={people} loading={words.loading}>
              {(view) => <People view={view} />}
            </AnswerOf>
          );
        }}
      </AnswerOf>
    </Page>
  );
}

function People({ view }: { readonly view: PeopleView }) {
  return (
    <div className="stack people">
      {view.roster ? null : <p>{words.noRoster}</p>}
      {view.pending > 0 ? <p role="status">{words.pending(view.pending)}</p> : null}
      <UnknownCard unknown={view.unknown} persons={view.persons} />
      <PersonsCard persons={view.persons} />
      <DecisionsCard decisions={view.decisions} />
    </div>
  );
}
