import { IconPlayerStop } from "@tabler/icons-react";
import { useKeptEvent } from "../events.ts";
import { strings } from "../strings.ts";
import { Button } from "./button.tsx";
import { Progress } from "./values.tsx";

export interface RunningStepProps {
  /** What runs, in a sentence; shown until more is known. */
  readonly what: string;
  readonly cancelWord: string;
  /** While it was asked to stop and has not yet. */
  readonly isStopping: boolean;
  readonly onCancel: () => void;
}

/** How far a long step is, with the way to stop it. */
export function RunningStep({ what, cancelWord, isStopping, onCancel }: RunningStepProps) {
  const progress = useKeptEvent("work-progress");
  return (
    <div className="stack">
      <div role="status">
        <p>{progress?.what ?? what}</p>
      </div>
      <Progress label={what} done={progress?.done ?? 0} total={progress?.total ?? null} />
      <div className="row">
        <Button icon={<IconPlayerStop size={15} aria-hidden />} isDisabled={isStopping} onPress={onCancel}>
          {cancelWord}
        </Button>
        {progress === undefined ? null : (
          <span className="muted">{strings.common.amount(progress.done, progress.total)}</span>
        )}
      </div>
    </div>
  );
}
