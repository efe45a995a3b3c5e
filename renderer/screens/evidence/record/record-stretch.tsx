import type { EvidenceText } from "../../../../shared/model/view.ts";
import { Button } from "../../../components/button.tsx";
import { formatCount } from "../../../format.ts";
import { strings } from "../../../strings.ts";

const words = strings.evidence.record;

export interface RecordStretchProps {
  readonly value: EvidenceText;
  readonly onMove: (from: number) => void;
}

/** Which characters of a long record are shown, and the way to those before and after. */
export function RecordStretch({ value: { from, text, characters }, onMove }: RecordStretchProps) {
  const end = from + text.length;
  if (from === 0 && end >= characters) return null;
  return (
    <div className="row">
      <Button isDisabled={from === 0} onPress={() => onMove(Math.max(0, from - text.length))}>
        {words.before}
      </Button>
      <Button isDisabled={end >= characters} onPress={() => onMove(end)}>
        {words.after}
      </Button>
      <span className="muted" role="status">
        {words.stretch(formatCount(from + 1), formatCount(end), formatCount(characters))}
      </span>
    </div>
  );
}
