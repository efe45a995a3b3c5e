import type { FormEvent } from "react";
import { Form } from "react-aria-components";
import type { Settings } from "../../../shared/model/settings.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/text-field.tsx";
import { listTimeZones } from "../../components/time-zones.ts";
import { missingOf, useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";
import type { NewEngagement as Values } from "./use-engagement-opening.ts";

const words = strings.start.form;
const required = ["name", "entity", "from", "to", "timeZone", "auditor"] as const;
const empty = { name: "", entity: "", from: "", to: "", timeZone: "", auditor: "" };

export interface NewEngagementProps {
  readonly isBusy: boolean;
  /** From the settings; the form stands before they are read. */
  readonly suggested: Pick<Settings, "auditor" | "timeZone"> | undefined;
  readonly onCreate: (values: Values) => void;
}

export function NewEngagement({ isBusy, suggested, onCreate }: NewEngagementProps) {
  const { values, field, setProblems } = useForm(empty, {
    timeZone: suggested?.timeZone || Intl.DateTimeFormat().resolvedOptions().timeZone,
    auditor: suggested?.auditor ?? "",
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = missingOf(values, required);
    setProblems(missing);
    if (Object.keys(missing).length === 0) onCreate(values);
  };
  return (
    <Form className="form" onSubmit={submit} validationBehavior="aria">
      <div className="form-pair">
        <TextField label={words.name} hint={words.nameHint} isRequired {...field("name")} />
        <TextField label={words.entity} hint={words.entityHint} isRequired {...field("entity")} />
      </div>
      <div className="form-pair">
        <TextField
          label={words.from}
          hint={words.fromHint}
          placeholder={words.dayShape}
          isMono
          isRequired
          {...field("from")}
        />
        <TextField
          label={words.to}
          hint={words.toHint}
          placeholder={words.dayShape}
          isMono
          isRequired
          {...field("to")}
        />
      </div>
      <div className="form-pair">
        <TextField
          label={words.timeZone}
          hint={words.timeZoneHint}
          suggestions={listTimeZones}
          isRequired
          {...field("timeZone")}
        />
        <TextField label={words.auditor} hint={words.auditorHint} isRequired {...field("auditor")} />
      </div>
      <div className="form-actions">
        <Button type="submit" look="primary" isDisabled={isBusy}>
          {words.create}
        </Button>
        <span className="muted">{words.createHint}</span>
      </div>
    </Form>
  );
}
