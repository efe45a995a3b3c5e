import { useState } from "react";
import { useCommand, useIsRunning, useLatest } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Segments } from "../../components/segments.tsx";
import { strings } from "../../strings.ts";
import { type CatalogDraft, changeCatalogDraft } from "./catalog-draft.ts";
import { TrialOutcome, type TrialScope, trialScopes } from "./trial-outcome.tsx";

const words = strings.catalog.edit;

/** The edited copy on the engagement's own items; what was tried can be taken over. */
export function DraftTrial({ draft, isSound }: { readonly draft: CatalogDraft; readonly isSound: boolean }) {
  const [scope, setScope] = useState<TrialScope>("sample");
  const trial = useCommand("catalog.try");
  const isRunning = useIsRunning("catalog.try");
  const tried = useLatest("catalog.try")?.variables?.catalogText;
  const { text } = draft;
  return (
    <>
      <div className="form-actions">
        <Segments label={strings.catalog.trial.scope} value={scope} choices={trialScopes} onChange={setScope} />
        <Button
          look="primary"
          isDisabled={isRunning || !isSound}
          onPress={() => trial.mutate({ catalogText: text, scope })}
        >
          {words.dryRun}
        </Button>
      </div>
      {tried === undefined ? null : (
        <TrialOutcome
          edit={{ catalogText: tried }}
          takeOver={words.takeOver}
          stale={tried === text ? null : words.stale}
          onTakenOver={() => changeCatalogDraft({ kept: tried })}
        />
      )}
    </>
  );
}
