import { useRef } from "react";
import type { Catalog } from "../../../shared/model/catalog.ts";
import { catalogDraftPlace } from "../../../shared/model/draft.ts";
import { useCommand } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { LeftWords, useLeftWords } from "../../components/kept-words.tsx";
import { NumberedText, type NumberedTextHandle } from "../../components/numbered-text.tsx";
import { Card } from "../../components/page.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import {
  type CatalogDraft,
  changeCatalogDraft,
  forgetLeftDraft,
  readLeftDraft,
  setCatalogDraft,
  useCatalogDraft,
} from "./catalog-draft.ts";
import { DraftKeeping } from "./draft-keeping.tsx";
import { DraftTrial } from "./draft-trial.tsx";
import { MistakeList } from "./mistake-list.tsx";
import { useCatalogCheck } from "./use-catalog-check.ts";

const words = strings.catalog.edit;

export interface CatalogEditorProps {
  readonly catalog: Catalog;
  /** False without an engagement: a copy can be written and saved, and there is nothing to try it on. */
  readonly hasEngagement: boolean;
}

/** A copy of the catalog, edited in the window. */
export function CatalogEditor({ catalog, hasEngagement }: CatalogEditorProps) {
  const draft = useCatalogDraft();
  const read = useCommand("catalog.text", { remember: false });
  const [left, decide] = useLeftWords(draft ? null : catalogDraftPlace);
  if (draft) return <DraftEditor draft={draft} hasEngagement={hasEngagement} />;
  const take = () => {
    setCatalogDraft(readLeftDraft(left?.text ?? ""));
    decide();
  };
  const discard = () => {
    forgetLeftDraft();
    decide();
  };
  const start = () => {
    const { id, title, version } = catalog;
    read.mutate({}, { onSuccess: ({ text }) => setCatalogDraft(copyOf(text, { id, title, version })) });
  };
  return (
    <Card title={words.title}>
      <div className="stack">
        <p className="muted">{words.about}</p>
        {read.error ? <FaultNotice fault={read.error} /> : null}
        {left ? (
          // A new copy would take its place.
          <LeftWords left={left} said={words.left} onTake={take} onDiscard={discard} />
        ) : (
          <div className="form-actions">
            <Button isDisabled={read.isPending} onPress={start}>
              {words.start}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

/** A field of text knows one end of a line only; the copy is what the field has of it. */
function copyOf(text: string, of: Pick<CatalogDraft, "id" | "title" | "version">): CatalogDraft {
  const copied = text.replace(/\r\n?/g, "\n");
  return { ...of, text: copied, kept: copied, savedAs: null };
}

function DraftEditor({ draft, hasEngagement }: { readonly draft: CatalogDraft; readonly hasEngagement: boolean }) {
  const editor = useRef<NumberedTextHandle>(null);
  const check = useCatalogCheck(draft.text);
  return (
    <Card title={words.copyOf(draft.title, draft.version)}>
      <div className="stack">
        <div className="catalog-editing">
          <NumberedText
            ref={editor}
            label={words.text}
            hint={words.textHint}
            value={draft.text}
            onChange={(text) => changeCatalogDraft({ text })}
            marked={check.lines}
          />
          <MistakeList check={check} onChoose={({ line, column }) => editor.current?.goTo(line, column)} />
        </div>
        <DraftKeeping draft={draft} />
        {hasEngagement ? <DraftTrial draft={draft} isSound={check.isSound} /> : null}
      </div>
    </Card>
  );
}
