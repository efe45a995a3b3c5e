import type { Settings } from "../../../shared/model/settings.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Card } from "../../components/page.tsx";
import { PathField } from "../../components/path-field.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";
import { HouseTableView } from "./house-table-view.tsx";

const words = strings.settings.houseTable;

/** By which house table the planner looks sizes up. A file is read before it is taken: one with a mistake is never kept. */
export function HouseTableCard({ settings }: { readonly settings: Settings }) {
  const { values, field } = useForm({ path: settings.houseTablePath });
  const read = useCommand("sample.house-table", { remember: false });
  const save = useCommand("settings.save", { refreshes: ["settings.show", "sample.house-table", "sample.plan"] });
  const shown = useProcedure("sample.house-table", requestOf(settings.houseTablePath));
  const submit = () => {
    const houseTablePath = values.path.trim();
    save.reset();
    read.mutate(requestOf(houseTablePath), { onSuccess: () => save.mutate({ ...settings, houseTablePath }) });
  };
  const command = { isPending: read.isPending || save.isPending, error: read.error ?? save.error };
  return (
    <Card title={words.title}>
      <div className="stack">
        <CommandForm command={command} label={words.use} onSubmit={submit}>
          <PathField label={words.file} hint={words.fileHint} {...field("path")} />
        </CommandForm>
        <p className="muted" role="status">
          {save.isSuccess ? words.saved : ""}
        </p>
        <AnswerOf of={shown} loading={words.loading}>
          {(table) => <HouseTableView table={table} isOwn={settings.houseTablePath !== ""} />}
        </AnswerOf>
      </div>
    </Card>
  );
}

function requestOf(path: string): { table?: string } {
  return path === "" ? {} : { table: path };
}
