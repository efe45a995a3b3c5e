import type { Completeness, SourceCompleteness } from "../../../shared/model/completeness.ts";
import { useProcedure } from "../../api.ts";
import { Fold } from "../../components/fold.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { Moment } from "../../components/values.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.sources.completeness;

/** What came, what is missing between, and what no source vouches for: of all sources together, then of each. */
export function CompletenessCard() {
  const { data } = useProcedure("completeness.show", {});
  if (!data) return null;
  const { totals, notPulled, missingKinds } = data;
  return (
    <Card title={words.title}>
      <div className="stack">
        <Terms
          entries={[
            [words.tieOuts, words.agree(totals.tieOuts - totals.disagreeing, totals.tieOuts)],
            [words.missingNumbers, formatCount(totals.missingNumbers)],
            [words.unread, formatCount(totals.unread)],
            [words.uncovered, <Uncovered key="uncovered" of={data.uncovered} />],
            [words.missingKinds, missingKinds.join(", ") || words.none],
            notPulled.length > 0 ? [words.notPulled, notPulled.join(", ")] : null,
          ]}
        />
        {data.sources.map((source) => (
          <Fold key={source.sourceId} summary={words.ofSource(source.sourceId)}>
            <SourceStatement source={source} />
          </Fold>
        ))}
      </div>
    </Card>
  );
}

function Uncovered({ of }: { readonly of: Completeness["uncovered"] }) {
  if (of.length === 0) return words.none;
  return (
    <ul>
      {of.map(({ kind, scope, from, to }) => (
        <li key={`${kind} ${scope} ${from}`}>
          {words.recordsOf(kind, scope)} <Moment at={from} /> {words.until} <Moment at={to} />
        </li>
      ))}
    </ul>
  );
}

function SourceStatement({ source }: { readonly source: SourceCompleteness }) {
  return (
    <div className="stack">
      {source.facts === null ? <p className="muted">{words.olderPull}</p> : null}
      <ul>
        {source.sequences.map((sequence) => (
          <li key={`${sequence.what} ${sequence.scope}`}>{words.sequence(sequence)}</li>
        ))}
        {source.times.map((time) => (
          <li key={`${time.kind} ${time.scope}`}>{words.time(time)}</li>
        ))}
      </ul>
      {source.uncovered.length > 0 ? (
        <>
          <p>{words.ownUncovered}</p>
          <Uncovered of={source.uncovered} />
        </>
      ) : null}
      {source.unread && source.unread.count > 0 ? <Unread source={source} /> : null}
    </div>
  );
}

function Unread({ source }: { readonly source: SourceCompleteness }) {
  const { count = 0, first = [] } = source.unread ?? {};
  return (
    <table className="table">
      <caption>{words.unreadOf(count, first.length)}</caption>
      <thead>
        <tr>
          <th>{words.record}</th>
          <th>{words.place}</th>
          <th>{words.reason}</th>
        </tr>
      </thead>
      <tbody>
        {first.map(({ locator, place, reason }) => (
          <tr key={`${locator} ${place} ${reason}`}>
            <td className="break">{locator}</td>
            <td>{place}</td>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
