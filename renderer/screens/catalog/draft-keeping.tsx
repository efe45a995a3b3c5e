import { useState } from "react";
import { useCommand } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import { type CatalogDraft, changeCatalogDraft, isUnsaved, setCatalogDraft } from "./catalog-draft.ts";

const words = strings.catalog.edit;

/** Where the edits are kept, and the way out of them, which asks where something would be lost. */
export function DraftKeeping({ draft }: { readonly draft: CatalogDraft }) {
  const [isAsking, setAsking] = useState(false);
  const save = useCommand("catalog.save", { remember: false });
  const unsaved = isUnsaved(draft);
  const { text, id } = draft;
  const keep = () =>
    save.mutate(
      { text, suggested: `${id.slice(0, 180)}-edited.yaml` },
      { onSuccess: (path) => path !== null && changeCatalogDraft({ kept: text, savedAs: path }) },
    );
  const throwAway = () => setCatalogDraft(null);
  return (
    <>
      <div className="form-actions">
        <Button isDisabled={save.isPending} onPress={keep}>
          {words.save}
        </Button>
        <Button look="quiet" onPress={unsaved ? () => setAsking(true) : throwAway}>
          {unsaved ? words.throwAway : words.close}
        </Button>
        <span className="muted break" role="status">
          {unsaved ? words.unsaved : draft.savedAs === null ? words.unchanged : words.savedAs(draft.savedAs)}
        </span>
      </div>
      {save.error ? <FaultNotice fault={save.error} /> : null}
      <Dialog title={words.throwAwayTitle} isOpen={isAsking} onClose={() => setAsking(false)}>
        <div className="stack">
          <p>{words.throwAwayAbout}</p>
          <div className="form-actions">
            <Button look="primary" autoFocus onPress={() => setAsking(false)}>
              {words.keep}
            </Button>
            <Button onPress={throwAway}>{words.throwAwayNow}</Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
