import { IconArrowBackUp, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { JudgementView } from "../../../shared/model/judgement-view.ts";
import { useCommand, useLatest, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { strings } from "../../strings.ts";

const words = strings.evidence.judgement.undo;

/**
 * The judgement that was made last in this window, for as long as it is the first on its result: it can be taken back at once.
 * Nothing is erased: taking back is a judgement too, and both stay in the log.
 */
export function UndoJudgement() {
  const made = useLatest("judgement.make")?.data;
  const listed = useProcedure("judgement.list", {}, { enabled: made !== undefined });
  const [closed, setClosed] = useState<string | null>(null);
  const judge = useCommand("judgement.make");
  const canUndo = made !== undefined && isFirstThatStands(made, listed.data ?? []);
  const undo = () => {
    if (!canUndo) return;
    const { population, control, assertion, item, by } = made.judgement;
    judge.mutate({ population, control, assertion, item, by, outcome: null, reason: words.reason(made.ref) });
  };
  useUndoKey(undo);
  if (made === undefined || closed === made.ref) return null;
  const { control, assertion, outcome } = made.judgement;
  const on = words.on(made.ref, control, assertion);
  return (
    <>
      <div className="undo" role="status">
        <span>{outcome === null ? words.takenBack(on) : words.recorded(on, strings.outcomes[outcome])}</span>
        {canUndo ? (
          <Button
            icon={<IconArrowBackUp size={15} aria-hidden />}
            aria-keyshortcuts="Control+Z Meta+Z"
            isDisabled={judge.isPending}
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
      {judge.error ? <FaultNotice fault={judge.error} /> : null}
    </>
  );
}

/** A judgement that took the place of another is not undone by taking it back: the other one would not come back. */
function isFirstThatStands(made: JudgementView, listed: readonly JudgementView[]): boolean {
  const own = listed.filter(({ judgement }) => isOnSame(judgement, made.judgement));
  return made.judgement.outcome !== null && own.length === 1 && own[0]?.standing === "stands";
}

function isOnSame(one: JudgementView["judgement"], other: JudgementView["judgement"]): boolean {
  return (["population", "control", "assertion", "item"] as const).every((key) => one[key] === other[key]);
}

/** Ctrl+Z, where it does not belong to a text that is being typed. */
function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      const isTyping =
        event.target instanceof Element && event.target.closest("input, textarea, [role=dialog]") !== null;
      if (!isUndo || isTyping) return;
      event.preventDefault();
      undo();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });
}
