import { IconShieldCheckFilled, IconShieldQuestion, IconShieldX } from "@tabler/icons-react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { Check, VerificationReport } from "../../../shared/model/verification-report.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { groupHash } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.verify;
const icons = {
  "verified": IconShieldCheckFilled,
  "verified-signer-unknown": IconShieldQuestion,
  "not-reperformed": IconShieldQuestion,
  "failed": IconShieldX,
} as const;

/** The verdict before all else: a word, a sentence, and what there is to compare. */
export function Verdict({ report }: { readonly report: VerificationReport }) {
  const Icon = icons[report.verdict];
  const undone = report.checks.filter((check) => check.outcome === "not-possible" && check.id !== "trust");
  const failure = report.checks.find((check) => check.outcome === "failed");
  return (
    <section className={`verdict verdict-${report.verdict}`} role="status" aria-label={words.verdict}>
      <Icon size={36} stroke={1.8} aria-hidden className="verdict-icon" />
      <div className="verdict-words">
        <h2>{words.verdicts[report.verdict]}</h2>
        <p>{words.verdictAbout[report.verdict]}</p>
        {report.verdict === "verified-signer-unknown" && report.signer ? (
          <p className="verdict-compare">
            <code>{groupHash(report.signer.fingerprint)}</code>
            <CopyButton what={words.fingerprint} text={report.signer.fingerprint} />
          </p>
        ) : null}
        {failure ? <Difference check={failure} /> : null}
        {report.verdict !== "failed" && undone.length > 0 ? (
          <p>{words.notDone([...new Set(undone.map((check) => check.title))].join("; "))}</p>
        ) : null}
      </div>
    </section>
  );
}

/** What a failed check is about, and both values. */
export function Difference({ check }: { readonly check: Check }) {
  return (
    <div className="difference">
      <p>
        <strong>{words.broken(check.title)}</strong> {showHidden(check.detail)}
      </p>
      <Values check={check} />
    </div>
  );
}

/** What came out otherwise, and both values. */
export function Values({ check }: { readonly check: Check }) {
  const pairs = [
    [words.subjectOf, check.subject],
    [words.expected, check.expected],
    [words.found, check.found],
  ] as const;
  return (
    <dl className="difference-values">
      {pairs.map(([label, value]) =>
        value === undefined ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="mono">{showHidden(value)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
