import type { FormEvent } from "react";
import { Form } from "react-aria-components";
import type { Settings } from "../../../shared/model/settings.ts";
import { useCommand } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { PathField } from "../../components/path-field.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { listTimeZones } from "../../components/time-zones.ts";
import { useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";

const words = strings.settings.defaults;

/** What a new engagement begins with. Engagements that exist are not touched. */
export function NewEngagementDefaults({ settings }: { readonly settings: Settings }) {
  const { auditor, timeZone, catalogPath } = settings;
  const { values, field, setProblems } = useForm({ auditor, timeZone, catalogPath });
  const save = useCommand("settings.save", { refreshes: ["settings.show"] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isKnown = values.timeZone.trim() === "" || listTimeZones().includes(values.timeZone.trim());
    setProblems(isKnown ? {} : { timeZone: words.unknownZone });
    if (isKnown) save.mutate({ ...settings, ...values });
  };
  return (
    <Card title={words.title}>
      <Form className="form" onSubmit={submit} validationBehavior="aria">
        <div className="form-pair">
          <TextField label={words.auditor} hint={words.auditorHint} {...field("auditor")} />
          <TextField
            label={words.timeZone}
            hint={words.timeZoneHint}
            suggestions={listTimeZones}
            {...field("timeZone")}
          />
        </div>
        <PathField label={words.catalog} hint={words.catalogHint} {...field("catalogPath")} />
        {save.error ? <FaultNotice fault={save.error} /> : null}
        <div className="form-actions">
          <Button type="submit" isDisabled={save.isPending}>
            {words.save}
          </Button>
          <span className="muted" role="status">
            {save.isSuccess ? words.saved : ""}
          </span>
        </div>
      </Form>
    </Card>
  );
}
