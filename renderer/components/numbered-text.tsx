import "./numbered-text.css";
import { type Ref, useId, useImperativeHandle, useMemo, useRef } from "react";

export interface NumberedTextHandle {
  /** Puts the caret at a line and column, both from 1, and brings the line into view. */
  goTo(line: number, column: number): void;
}

export interface NumberedTextProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Lines with something wrong in them, which are marked beside their numbers. */
  readonly marked: ReadonlySet<number>;
  readonly ref: Ref<NumberedTextHandle>;
}

/** Plain text with the numbers of its lines, for what is written line by line. Lines do not wrap. */
export function NumberedText({ label, hint, value, onChange, marked, ref }: NumberedTextProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLPreElement>(null);
  useImperativeHandle(
    ref,
    () => ({ goTo: (line, column) => area.current && putCaret(area.current, line, column) }),
    [],
  );
  const lineCount = useMemo(() => value.split("\n").length, [value]);
  const lines = useMemo(() => numberLines(lineCount, marked), [lineCount, marked]);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="numbered">
        <pre className="numbered-lines" ref={numbers} aria-hidden>
          {lines}
        </pre>
        <textarea
          id={id}
          ref={area}
          className="numbered-text"
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          aria-invalid={marked.size > 0}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onScroll={({ currentTarget }) => numbers.current?.scrollTo({ top: currentTarget.scrollTop })}
        />
      </div>
      <span className="field-hint" id={`${id}-hint`}>
        {hint}
      </span>
    </div>
  );
}

function numberLines(count: number, marked: ReadonlySet<number>): string {
  return Array.from({ length: count }, (_, index) => `${marked.has(index + 1) ? "✗ " : ""}${index + 1}`).join("\n");
}

function putCaret(area: HTMLTextAreaElement, line: number, column: number): void {
  const lines = area.value.split("\n");
  const before = lines.slice(0, line - 1).reduce((length, each) => length + each.length + 1, 0);
  const at = Math.min(before + column - 1, before + (lines[line - 1]?.length ?? 0));
  area.focus();
  area.setSelectionRange(at, at);
  const height = Number.parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTo({ top: (line - 1) * height - area.clientHeight / 2, left: 0 });
}
