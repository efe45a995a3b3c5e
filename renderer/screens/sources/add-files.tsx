import { useState } from "react";
import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import type { FileLook } from "../../../shared/model/source-kind.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { AnswerOf, FaultNotice } from "../../components/states.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { idForFile } from "./source-ids.ts";

const words = strings.sources.dropped;
const byContent = "";

export interface AddFilesProps {
  /** A file or a folder that was dropped. */
  readonly path: string;
  /** Ids that are taken. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Shows what dropped files would be taken for, lets that be corrected, and adds them as a source. */
export function AddFiles({ path, ids, onClose }: AddFilesProps) {
  const [format, setFormat] = useState<EvidenceFormat | typeof byContent>(byContent);
  const kinds = useProcedure("source.kinds", {});
  const looked = useProcedure("source.recognise", format === byContent ? { path } : { path, format });
  const add = useCommand("source.add");
  const formats = kinds.data?.find(({ kind }) => kind === "files")?.formats ?? [];
  const choices = [
    { id: byContent, label: words.byContent } as const,
    ...formats.map((one) => ({ id: one.format, label: `${one.title} (${one.format})` })),
  ];
  const source = {
    id: idForFile(path, ids),
    kind: "files",
    path,
    ...(format === byContent ? {} : { format }),
  } as const;
  return (
    <Dialog title={words.title} isOpen onClose={onClose}>
      <div className="stack">
        <p className="break">{path}</p>
        <AnswerOf of={looked} loading={words.looking}>
          {({ looks, total }) => <Looks looks={looks} total={total} />}
        </AnswerOf>
        <SelectField
          label={words.format}
          hint={words.formatAbout}
          value={format}
          choices={choices}
          onChange={setFormat}
        />
        {add.isError ? <FaultNotice fault={add.error} /> : null}
        <div className="form-actions">
          <Button
            look="primary"
            isDisabled={add.isPending || !looked.data?.looks.some((one) => one.format !== null)}
            onPress={() => add.mutate({ source }, { onSuccess: onClose })}
          >
            {words.add}
          </Button>
          <Button onPress={onClose}>{strings.common.cancel}</Button>
        </div>
      </div>
    </Dialog>
  );
}

function Looks({ looks, total }: { readonly looks: readonly FileLook[]; readonly total: number }) {
  return (
    <ul>
      {looks.map((look) => (
        <li key={look.name}>{look.format === null ? words.notTaken(look.name, look.because) : words.taken(look)}</li>
      ))}
      {total > looks.length ? <li className="muted">{words.more(formatCount(total - looks.length))}</li> : null}
    </ul>
  );
}
