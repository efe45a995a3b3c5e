import "./formatted-record.css";
import { lazy, Suspense } from "react";
import { showHidden } from "../../../../shared/model/hidden-characters.ts";
import type { EvidenceText } from "../../../../shared/model/view.ts";
import { Loading } from "../../../components/states.tsx";
import { strings } from "../../../strings.ts";
import { indentJson } from "./indent-json.ts";
import { MarkedText } from "./marked-text.tsx";
import { PictureRecord } from "./picture-record.tsx";
import type { RecordShape } from "./record-shape.ts";
import { FindingTable, TestTable } from "./report-tables.tsx";

// Large, and needed by few records.
const MarkdownRecord = lazy(() =>
  import("./markdown-record.tsx").then((module) => ({ default: module.MarkdownRecord })),
);
const PdfRecord = lazy(() => import("./pdf-record.tsx").then((module) => ({ default: module.PdfRecord })));

const words = strings.evidence.record;

export interface FormattedRecordProps {
  readonly value: EvidenceText;
  readonly shape: RecordShape;
}

/** A record in the form that people read it in. Nothing in it runs, loads or leads anywhere. */
export function FormattedRecord({ value, shape }: FormattedRecordProps) {
  const { text, record } = value;
  switch (shape) {
    case "image":
      return <PictureRecord sha256={record.sha256} media={value.media} />;
    case "pdf":
      return (
        <Suspense fallback={<Loading what={words.loading} />}>
          <PdfRecord sha256={record.sha256} />
        </Suspense>
      );
    case "markdown":
      return (
        <Suspense fallback={<Loading what={words.loading} />}>
          <MarkdownRecord text={showHidden(text)} />
        </Suspense>
      );
    case "junit":
      return <TestTable text={text} />;
    case "sarif":
      return <FindingTable text={text} />;
    case "diff":
      return <Lines text={text} lookOf={lookOfDiff} />;
    case "lines":
      return <Lines text={text} lookOf={() => ""} />;
    case "json":
      return <MarkedText text={indentJson(text)} part={null} />;
    case "text":
      return <MarkedText text={text} part={null} />;
  }
}

/** More lines than these make a page slow; the text as it was received has all of them. */
const mostLines = 4000;

function Lines({ text, lookOf }: { readonly text: string; readonly lookOf: (line: string) => string }) {
  const all = text.split("\n");
  const lines = all.slice(0, mostLines);
  return (
    <section className="record-lines" aria-label={words.text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled text must be reachable by keyboard */}
      <div className="record-scroll" tabIndex={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number alone
          <div key={index} className={`record-line ${lookOf(line)}`}>
            <span className="record-number" aria-hidden>
              {index + 1}
            </span>
            <code>{showHidden(line)}</code>
          </div>
        ))}
      </div>
      {all.length > lines.length ? <p className="muted">{words.moreLines(all.length - lines.length)}</p> : null}
    </section>
  );
}

function lookOfDiff(line: string): string {
  if (/^(\+\+\+|---|diff |index |@@)/.test(line)) return "record-head";
  if (line.startsWith("+")) return "record-added";
  return line.startsWith("-") ? "record-removed" : "";
}
