import type { RedactionView } from "../../../shared/model/view.ts";
import { useProcedure } from "../../api.ts";
import { CheckField } from "../../components/check-field.tsx";
import { Terms } from "../../components/page.tsx";
import { PathField } from "../../components/path-field.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { strings } from "../../strings.ts";

const words = strings.export;

/** An edition for outsiders, and the file with its rules. */
export interface RedactionChoice {
  readonly isWanted: boolean;
  readonly path: string;
}

interface RedactionFieldsProps {
  readonly choice: RedactionChoice;
  readonly onChange: (choice: RedactionChoice) => void;
}

export function RedactionFields({ choice, onChange }: RedactionFieldsProps) {
  return (
    <>
      <CheckField
        label={words.redact}
        hint={words.redactHint}
        isChecked={choice.isWanted}
        onChange={(isWanted) => onChange({ ...choice, isWanted })}
      />
      {choice.isWanted ? (
        <>
          <PathField
            label={words.rules}
            hint={words.rulesHint}
            value={choice.path}
            onChange={(path) => onChange({ ...choice, path })}
          />
          {isRulesFile(choice.path) ? <Rules path={choice.path.trim()} /> : null}
        </>
      ) : null}
    </>
  );
}

/** While a path is typed, nobody asks for the file that it may be until its ending is there. */
function isRulesFile(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path.trim());
}

/** What they ask for is read before anything is exported: a wrong file is told here. */
function Rules({ path }: { readonly path: string }) {
  const rules = useProcedure("redaction.read", { path });
  return (
    <AnswerOf of={rules} loading={words.rulesReading}>
      {(view) => <RulesAsk view={view} />}
    </AnswerOf>
  );
}

function RulesAsk({ view }: { readonly view: RedactionView }) {
  return (
    <section aria-label={words.rulesAsk}>
      <Terms
        entries={[
          [words.names, view.areNamesReplaced ? words.namesReplaced : words.namesKept],
          [words.attachments, view.areAttachmentsWithheld ? words.attachmentsWithheld : words.attachmentsKept],
          [words.replaced, words.replacedKinds(view.kinds)],
        ]}
      />
    </section>
  );
}

/** Whether an export can begin: an edition that was asked for is never left out in silence. */
export function useAreRulesReady({ isWanted, path }: RedactionChoice): boolean {
  const rules = useProcedure("redaction.read", { path: path.trim() }, { enabled: isWanted && isRulesFile(path) });
  return !isWanted || (isRulesFile(path) && rules.isSuccess);
}
