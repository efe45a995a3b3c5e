import { IconCheck, IconMinus, IconQuestionMark, IconX } from "@tabler/icons-react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { Outcome, Result } from "../../../shared/model/result.ts";
import { OutcomeSign } from "../../components/outcome.tsx";
import { Moment } from "../../components/values.tsx";
import { strings } from "../../strings.ts";
import type { Link, Unpulled } from "./chain.ts";
import { EvidenceUses } from "./evidence-uses.tsx";
import type { Entry } from "./link-entry.ts";
import type { OpenedRecord } from "./raw-record.tsx";

const words = strings.evidence;

export interface ChainLinkProps {
  readonly link: Link;
  readonly onOpen: (record: OpenedRecord) => void;
}

export function ChainLink({ link, onOpen }: ChainLinkProps) {
  return (
    <li className="link">
      <LinkSign state={link.state} isCovered={link.isCovered} />
      <div className="link-body">
        <h3>{words.links[link.kind]}</h3>
        {link.isCovered ? null : <p className="doubt">{words.notPulled[link.kind]}</p>}
        {link.entries.map((entry) => (
          <EntryLine key={`${entry.text} ${entry.at}`} entry={entry} />
        ))}
        <EvidenceUses uses={link.evidence} onOpen={onOpen} />
        {link.told.map((result) => (
          <ResultBox key={`${result.control} ${result.assertion}`} result={result} />
        ))}
        {link.unpulled ? <UnpulledBox unpulled={link.unpulled} /> : null}
        {link.alsoRead.length > 0 ? <AlsoRead results={link.alsoRead} /> : null}
      </div>
    </li>
  );
}

const signs = {
  "pass": IconCheck,
  "fail": IconX,
  "no-evidence": IconQuestionMark,
  "not-applicable": IconMinus,
} as const;

/** Never the sign of a pass where the evidence was not pulled. */
function LinkSign({ state, isCovered }: { readonly state: Outcome | null; readonly isCovered: boolean }) {
  const shown = isCovered || state === "fail" ? (state ?? "not-applicable") : "no-evidence";
  const Icon = signs[shown];
  const label = state === null && isCovered ? words.nothingTested : strings.outcomes[shown];
  return (
    <span className={`link-sign link-${shown}`} role="img" aria-label={label} title={label}>
      <Icon size={13} stroke={2.6} aria-hidden />
    </span>
  );
}

function EntryLine({ entry }: { readonly entry: Entry }) {
  return (
    <div className="entry">
      <p className="entry-line">
        <span className={entry.isOdd ? "entry-odd" : undefined}>{showHidden(entry.text)}</span>
        {entry.at ? <Moment at={entry.at} /> : null}
      </p>
      {entry.clock || entry.account ? (
        <p className="entry-small">
          {[entry.account && words.account(showHidden(entry.account)), entry.clock && words.clocks[entry.clock]]
            .filter(Boolean)
            .join(" · ")}
        </p>
      ) : null}
    </div>
  );
}

function ResultBox({ result }: { readonly result: Result }) {
  return (
    <p className={`result-box result-${result.outcome}`}>
      <OutcomeSign outcome={result.outcome} /> <strong>{result.control}</strong> {showHidden(result.reason)}
    </p>
  );
}

/** What was not pulled says the same about every control that needs it; each says it in full below the chain. */
function UnpulledBox({ unpulled: { results, missing } }: { readonly unpulled: Unpulled }) {
  const controls = [...new Set(results.map(({ control }) => control))];
  return (
    <p className="result-box result-no-evidence">
      <OutcomeSign outcome="no-evidence" /> <strong>{controls.join(", ")}</strong> {words.unpulled(missing.join(", "))}
    </p>
  );
}

/** Results that read this link too and are told at another. */
function AlsoRead({ results }: { readonly results: readonly Result[] }) {
  return (
    <p className="also-read">
      {words.alsoRead}
      {results.map((result) => (
        <span key={`${result.control} ${result.assertion}`} className="also-result">
          {result.control} <OutcomeSign outcome={result.outcome} />
        </span>
      ))}
    </p>
  );
}
