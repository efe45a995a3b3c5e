import { useEffect, useRef } from "react";
import type { Sha256 } from "../../../shared/model/digest.ts";
import type { EvidenceText } from "../../../shared/model/view.ts";
import { useProcedure } from "../../api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Terms } from "../../components/page.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { formatBytes } from "../../format.ts";
import { showHidden } from "../../hidden-characters.ts";
import { strings } from "../../strings.ts";
import { findPart, type Part } from "./record-part.ts";

const words = strings.evidence.record;

export interface OpenedRecord {
  readonly sha256: Sha256;
  /** The place in it that was read. */
  readonly place: string;
}

export interface RawRecordProps {
  readonly opened: OpenedRecord | null;
  readonly onClose: () => void;
}

/** A raw record as it was received. Its text is hostile: it is only ever text. */
export function RawRecord({ opened, onClose }: RawRecordProps) {
  return (
    <Dialog title={words.title} isOpen={opened !== null} onClose={onClose} isWide>
      {opened ? <Content opened={opened} /> : null}
    </Dialog>
  );
}

function Content({ opened }: { readonly opened: OpenedRecord }) {
  const text = useProcedure("evidence.read", { sha256: opened.sha256 });
  return (
    <AnswerOf of={text} loading={words.loading}>
      {(value) => <RecordText value={value} place={opened.place} />}
    </AnswerOf>
  );
}

function RecordText({ value, place }: { readonly value: EvidenceText; readonly place: string }) {
  const { record, text, truncated } = value;
  const visible = showHidden(text);
  const part = findPart(text, place, record.reading?.firstLine ?? 1);
  return (
    <div className="stack">
      <Terms
        entries={[
          [words.from, record.locator],
          [words.format, record.format],
          [words.source, record.sourceId],
          [words.received, <Moment key="at" at={record.receivedAt} />],
          [words.size, formatBytes(record.size)],
          [words.sha256, <Hash key="hash" hash={record.sha256} what={words.sha256} isWhole />],
          place ? [words.place, <code key="place">{place}</code>] : null,
        ]}
      />
      {truncated ? <p className="notice">{words.truncated}</p> : null}
      {visible === text ? null : <p className="notice">{words.hidden}</p>}
      {place && !part ? <p className="notice">{truncated ? words.partBeyond : words.partNotFound}</p> : null}
      <MarkedText text={text} part={part} />
    </div>
  );
}

/** The text, with the part that was read marked and in view. */
function MarkedText({ text, part }: { readonly text: string; readonly part: Part | null }) {
  const frame = useRef<HTMLPreElement>(null);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    if (frame.current && mark.current) frame.current.scrollTop = mark.current.offsetTop - 48;
  }, []);
  const [start, end] = part ? [part.start, part.end] : [text.length, text.length];
  return (
    <section className="record-text" aria-label={words.text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled text must be reachable by keyboard */}
      <pre ref={frame} tabIndex={0}>
        {showHidden(text.slice(0, start))}
        {part ? <mark ref={mark}>{showHidden(text.slice(start, end))}</mark> : null}
        {showHidden(text.slice(end))}
      </pre>
    </section>
  );
}
