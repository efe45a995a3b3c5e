import { IconCheck, IconX } from "@tabler/icons-react";
import type { IpeRecord, TieOut } from "../../../shared/model/pull.ts";
import { Fold } from "../../components/fold.tsx";
import { Terms } from "../../components/page.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { formatCount, formatDay } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.sources.ipe;

/** What was asked, by whom, when, and whether all of it came: the record that an auditor relies on. */
export function IpeRecordView({ ipe }: { readonly ipe: IpeRecord }) {
  return (
    <>
      {ipe.tieOuts.length > 0 ? <TieOuts tieOuts={ipe.tieOuts} /> : <p className="muted">{words.noTieOut}</p>}
      {ipe.notes.map((note) => (
        <p key={note} className="notice">
          {note}
        </p>
      ))}
      <Fold summary={words.title}>
        <Terms
          entries={[
            [words.endpoint, ipe.endpoint],
            [
              words.query,
              <code key="query" className="break">
                {ipe.query}
              </code>,
            ],
            [words.identity, ipe.identity || words.noIdentity],
            [words.access, ipe.access || words.noAccess],
            [words.period, words.periodOf(formatDay(ipe.period.from), formatDay(ipe.period.to), ipe.period.timeZone)],
            [words.startedAt, <Moment key="from" at={ipe.startedAt} />],
            [words.finishedAt, <Moment key="to" at={ipe.finishedAt} />],
            [words.requests, formatCount(ipe.requests)],
            [words.records, formatCount(ipe.records)],
            [words.coverage, coverageOf(ipe)],
            [words.digest, <Hash key="digest" hash={ipe.recordsDigest} what={words.digest} isWhole />],
            [words.tool, ipe.toolVersion],
            [words.pull, <code key="pull">{ipe.pullId}</code>],
          ]}
        />
      </Fold>
    </>
  );
}

function coverageOf({ coverage }: IpeRecord) {
  if (coverage.length === 0) return words.noCoverage;
  return (
    <ul>
      {coverage.map(({ kind, scope, from, to }) => (
        <li key={`${kind} ${scope} ${from}`}>
          {words.covers(kind, scope)} <Moment at={from} /> {words.until} <Moment at={to} />
        </li>
      ))}
    </ul>
  );
}

function TieOuts({ tieOuts }: { readonly tieOuts: readonly TieOut[] }) {
  return (
    <table className="table tie-outs">
      <caption className="unseen">{words.tieOuts}</caption>
      <thead>
        <tr>
          <th>{words.tieOut}</th>
          <th>{words.how}</th>
          <th className="number">{words.expected}</th>
          <th className="number">{words.receivedCount}</th>
          <th>{words.agrees}</th>
        </tr>
      </thead>
      <tbody>
        {tieOuts.map((tieOut) => (
          <tr key={`${tieOut.what} ${tieOut.how}`}>
            <td>{tieOut.what}</td>
            <td className="muted">{tieOut.how}</td>
            <td className="number">{formatCount(tieOut.expected)}</td>
            <td className="number">{formatCount(tieOut.received)}</td>
            <td>{tieOut.expected === tieOut.received ? <Agrees /> : <Differs />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Agrees() {
  return (
    <span className="pull-state good">
      <IconCheck size={15} aria-hidden /> {words.yes}
    </span>
  );
}

function Differs() {
  return (
    <span className="pull-state bad">
      <IconX size={15} aria-hidden /> {words.no}
    </span>
  );
}
