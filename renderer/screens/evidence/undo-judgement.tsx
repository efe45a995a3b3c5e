import { IconArrowBackUp, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useCommand, useLatest, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { useUndoKey } from "../../components/use-undo-key.ts";
import { strings } from "../../strings.ts";

const words = strings.evidence.judgement.undo;

/**
 * The judgement that was made last in this window, as long as nothing was marked after it: it can be taken back at once. Nothing
 * is erased: taking back is a judgement too, and both stay in the log. What was marked before is undone with the menu's choice.
 */
export function UndoJudgement() {
  const made = useLatest("judgement.make")?.data;
  const latest = useProcedure("mark.latest", {}, { enabled: made !== undefined });
  const [closed, setClosed] = useState<string | null>(null);
  const [undone, setUndone] = useState<string | null>(null);
  const undoing = useCommand("mark.undo");
  const mark = latest.data?.mark;
  const canUndo = made !== undefined && mark?.ref === made.ref && made.judgement.outcome !== null;
  const undo = () => {
    if (!canUndo || undoing.isPending) return false;
    const { by } = made.judgement;
    undoing.mutate({ entry: mark.entry, reason: words.reason, by }, { onSuccess: () => setUndone(made.ref) });
    return true;
  };
  useUndoKey(undo, true);
  if (made === undefined || closed === made.ref) return null;
  const { control, assertion, outcome } = made.judgement;
  const on = words.on(made.ref, control, assertion);
  const isTakenBack = outcome === null || undone === made.ref;
  return (
    <>
      <div className="undo" role="status">
        <span>{isTakenBack ? words.takenBack(on) : words.recorded(on, strings.outcomes[outcome])}</span>
        {canUndo ? (
          <Button
            icon={<IconArrowBackUp size={15} aria-hidden />}
            aria-keyshortcuts="Control+Z Meta+Z"
            isDisabled={undoing.isPending}
            onPress={undo}
          >
            {words.undo}
          </Button>
        ) : null}
        <Button
          look="quiet"
          aria-label={strings.common.close}
          icon={<IconX size={15} aria-hidden />}
          onPress={() => setClosed(made.ref)}
        />
      </div>
      {undoing.error ? <FaultNotice fault={undoing.error} /> : null}
    </>
  );
}
