import { IconFlag } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import { exceptionStates } from "../../../shared/model/judgement-words.ts";
import type { ItemView } from "../../../shared/model/view.ts";
import { Button } from "../../components/button.tsx";
import { Changing } from "../../components/changing.tsx";
import { strings } from "../../strings.ts";
import { WriteUpDialog } from "../exceptions/write-up-dialog.tsx";
import { Notes } from "../review/notes.tsx";

const words = strings.evidence.judgement;

/** Exceptions and review notes on an item. */
export function ItemFindings({ view }: { readonly view: ItemView }) {
  const [isWriting, setWriting] = useState(false);
  const navigate = useNavigate();
  const { population, results, exceptions, notes } = view;
  const item = view.item.id;
  const deviating = results.find(({ outcome }) => outcome === "fail" || outcome === "no-evidence") ?? results[0];
  if (deviating === undefined) return null;
  const { control } = deviating;
  return (
    <>
      <section className="results" aria-label={strings.exceptions.title}>
        <h3>{strings.exceptions.title}</h3>
        {exceptions.map(({ ref, exception, state }) => (
          <p key={ref}>
            <Button look="quiet" onPress={() => void navigate({ to: "/exceptions" })}>
              {ref}
            </Button>{" "}
            {showHidden(exception.title)}{" "}
            <span className="muted">
              {exception.control}, {exceptionStates[state]}
            </span>
          </p>
        ))}
        <Changing>
          <div className="row">
            <Button icon={<IconFlag size={15} aria-hidden />} onPress={() => setWriting(true)}>
              {words.exception}
            </Button>
          </div>
        </Changing>
      </section>
      <section className="results" aria-label={words.notes}>
        <h3>{words.notes}</h3>
        <Notes notes={notes} about={{ kind: "item", control, population, item }} results={results} />
      </section>
      <WriteUpDialog
        about={{ control, item: { population, item }, results }}
        isOpen={isWriting}
        onClose={() => setWriting(false)}
      />
    </>
  );
}
