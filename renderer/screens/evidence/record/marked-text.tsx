import { useEffect, useRef } from "react";
import { showHidden } from "../../../../shared/model/hidden-characters.ts";
import type { EvidenceText } from "../../../../shared/model/view.ts";
import { strings } from "../../../strings.ts";

export interface MarkedTextProps {
  readonly text: string;
  readonly part: EvidenceText["part"];
}

/** The text as it was received, with the part that was read marked and in view. */
export function MarkedText({ text, part }: MarkedTextProps) {
  const frame = useRef<HTMLPreElement>(null);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    if (frame.current && mark.current) frame.current.scrollTop = mark.current.offsetTop - 48;
  }, []);
  const [start, end] = part ? [part.start, part.end] : [text.length, text.length];
  return (
    <section className="record-text" aria-label={strings.evidence.record.text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled text must be reachable by keyboard */}
      <pre ref={frame} tabIndex={0}>
        {showHidden(text.slice(0, start))}
        {part ? <mark ref={mark}>{showHidden(text.slice(start, end))}</mark> : null}
        {showHidden(text.slice(end))}
      </pre>
    </section>
  );
}
