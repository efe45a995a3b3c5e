import { useState } from "react";
import type { Sha256 } from "../../../shared/model/digest.ts";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { EvidenceText, RecordRedaction } from "../../../shared/model/view.ts";
import { useProcedure } from "../../api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Terms } from "../../components/page.tsx";
import { Segments } from "../../components/segments.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { formatBytes, formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { FormattedRecord } from "./record/formatted-record.tsx";
import { MarkedText } from "./record/marked-text.tsx";
import { shapeOf } from "./record/record-shape.ts";
import { RecordStretch } from "./record/record-stretch.tsx";

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

/** A raw record as it was received. It is hostile: it is only ever text, or a picture of what it is. */
export function RawRecord({ opened, onClose }: RawRecordProps) {
  return (
    <Dialog title={words.title} isOpen={opened !== null} onClose={onClose} isWide>
      {opened ? <Content key={opened.sha256} opened={opened} /> : null}
    </Dialog>
  );
}

function Content({ opened }: { readonly opened: OpenedRecord }) {
  const [from, setFrom] = useState<number | undefined>(undefined);
  const request = { sha256: opened.sha256, place: opened.place, ...(from === undefined ? {} : { from }) };
  const text = useProcedure("evidence.read", request);
  return (
    <AnswerOf of={text} loading={words.loading}>
      {(value) => <Record value={value} place={opened.place} onMove={setFrom} />}
    </AnswerOf>
  );
}

interface RecordProps {
  readonly value: EvidenceText;
  readonly place: string;
  readonly onMove: (from: number) => void;
}

const looks = [
  { id: "formatted", label: words.formatted },
  { id: "text", label: words.asReceived },
] as const;

/** Of a copy, which nobody received. */
const looksInBundle = looks.map((each) => (each.id === "text" ? { ...each, label: words.inBundle } : each));

function tellRedaction({ replaced, withheld }: RecordRedaction): string {
  if (withheld !== "") return words.withheld(withheld);
  return words.replaced(replaced.map(({ kind, count }) => `${formatCount(count)} × ${kind}`).join(", "));
}

function Record({ value, place, onMove }: RecordProps) {
  const { record, text, part, media, redaction } = value;
  const isWhole = value.from === 0 && text.length === value.characters;
  const shape = shapeOf(value, isWhole);
  // Where a part was read, it is marked in the text as it was received.
  const [look, setLook] = useState<"formatted" | "text">(shape === "text" || part ? "text" : "formatted");
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
      {redaction ? <p className="notice">{tellRedaction(redaction)}</p> : null}
      {media === "text" && showHidden(text) !== text ? <p className="notice">{words.hidden}</p> : null}
      {media === "text" && place && !part && !redaction?.withheld ? (
        <p className="notice">{words.partNotFound}</p>
      ) : null}
      {shape === "text" || media !== "text" ? null : (
        <Segments label={words.look} value={look} choices={redaction ? looksInBundle : looks} onChange={setLook} />
      )}
      <RecordStretch value={value} onMove={onMove} />
      {look === "text" && media === "text" ? (
        <MarkedText text={text} part={part} />
      ) : (
        <FormattedRecord value={value} shape={shape} />
      )}
    </div>
  );
}
