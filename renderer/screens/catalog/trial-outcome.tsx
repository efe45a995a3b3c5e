import type { CatalogComparison } from "../../../shared/model/catalog-comparison.ts";
import { useCommand, useLatest } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { FaultNotice, Loading } from "../../components/states.tsx";
import { useKeptEvent } from "../../events.ts";
import { strings } from "../../strings.ts";
import { TrialResult } from "./trial-result.tsx";

const words = strings.catalog.trial;

export type TrialScope = CatalogComparison["scope"];
export const trialScopes = [
  { id: "sample", label: words.sample },
  { id: "population", label: words.population },
] as const;

/** What was tried: a file, or the text itself. */
export type TriedEdit = { readonly catalogPath: string } | { readonly catalogText: string };

export interface TrialOutcomeProps {
  readonly edit: TriedEdit;
  /** Words of the button that takes what was tried for the engagement's own. */
  readonly takeOver: string;
  /** Why the outcome does not hold for what is at hand now; it cannot be taken over then. */
  readonly stale?: string | null;
  readonly onTakenOver?: () => void;
}

/** How the newest trial is going or came out. What was tried, and nothing else, can be taken over. */
export function TrialOutcome({ edit, takeOver, stale = null, onTakenOver }: TrialOutcomeProps) {
  const change = useCommand("catalog.change", { refreshes: ["catalog.show"] });
  const latest = useLatest("catalog.try");
  const progress = useKeptEvent("work-progress");
  if (latest?.status === "pending") return <Loading what={progress?.what ?? words.running} />;
  if (latest?.error) return <FaultNotice fault={latest.error} />;
  if (!latest?.data) return null;
  const isTakenOver = change.isSuccess && isSame(change.variables, edit);
  return (
    <>
      {stale === null ? null : <p className="doubt">{stale}</p>}
      <TrialResult comparison={latest.data} />
      <div className="form-actions">
        <Button
          isDisabled={change.isPending || stale !== null}
          onPress={() => change.mutate(edit, { onSuccess: () => onTakenOver?.() })}
        >
          {takeOver}
        </Button>
        <span className="muted" role="status">
          {isTakenOver ? words.takenOver : words.takeOverAbout}
        </span>
      </div>
      {change.error ? <FaultNotice fault={change.error} /> : null}
    </>
  );
}

function isSame(changed: object, edit: TriedEdit): boolean {
  return JSON.stringify(changed) === JSON.stringify(edit);
}
