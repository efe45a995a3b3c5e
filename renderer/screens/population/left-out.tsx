import { type ReactNode, useState } from "react";
import type { Exclusion, Remark } from "../../../shared/model/population.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { Moment } from "../../components/values.tsx";
import { formatCount, shortHash, shortItem } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.population.leftOut;
const step = 50;

interface ListedProps<T> {
  readonly title: string;
  readonly about: string;
  readonly heads: readonly string[];
  readonly entries: readonly T[];
  readonly cells: (entry: T) => readonly ReactNode[];
}

/** A table that shows its first rows and the rest when wanted. */
function Listed<T>({ title, about, heads, entries, cells }: ListedProps<T>) {
  const [shown, setShown] = useState(step);
  return (
    <Card title={`${title} (${formatCount(entries.length)})`} isFlush={entries.length > 0}>
      {entries.length === 0 ? (
        <p className="muted">{about}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head}>{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.slice(0, shown).map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lists of the frozen population never change
              <tr key={index}>
                {cells(entry).map((cell, at) => (
                  <td key={heads[at]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {entries.length > shown ? (
        <Button look="quiet" onPress={() => setShown(shown + step * 10)}>
          {words.more(formatCount(entries.length - shown))}
        </Button>
      ) : null}
    </Card>
  );
}

export function Exclusions({ exclusions }: { readonly exclusions: readonly Exclusion[] }) {
  return (
    <Listed
      title={words.exclusions}
      about={words.noExclusions}
      heads={[words.item, words.at, words.itemTitle, words.reason]}
      entries={exclusions}
      cells={({ id, at, title, reason }) => [
        <code key="id" title={id}>
          {shortItem(id)}
        </code>,
        <Moment key="at" at={at} />,
        <span key="title" className="break">
          {title}
        </span>,
        reason,
      ]}
    />
  );
}

export function Remarks({ remarks }: { readonly remarks: readonly Remark[] }) {
  return (
    <Listed
      title={words.remarks}
      about={words.noRemarks}
      heads={[words.item, words.remark]}
      entries={remarks}
      cells={({ id, remark }) => [
        <code key="id" title={id}>
          {shortItem(id)}
        </code>,
        remark,
      ]}
    />
  );
}

export function UnreadParts({ unread }: { readonly unread: PopulationView["unread"] }) {
  return (
    <Listed
      title={words.unread}
      about={words.noUnread}
      heads={[words.source, words.evidence, words.place, words.reason]}
      entries={unread}
      cells={({ sourceId, evidence, place, reason }) => [
        sourceId,
        <code key="evidence" title={evidence}>
          {shortHash(evidence)}
        </code>,
        place || words.whole,
        reason,
      ]}
    />
  );
}
