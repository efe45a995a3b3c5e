import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { useCommand, useIsRunning, useLatest } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { PathField } from "../../components/path-field.tsx";
import { Segments } from "../../components/segments.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";
import { TrialOutcome, type TrialScope, trialScopes } from "./trial-outcome.tsx";

const words = strings.catalog.trial;

/** What an edited catalog would change: nothing is kept until the person takes it over. */
export function CatalogTrial() {
  const { values, field, setProblems } = useForm({ path: "" });
  const [scope, setScope] = useState<TrialScope>("sample");
  const trial = useCommand("catalog.try");
  const isRunning = useIsRunning("catalog.try");
  const triedPath = useLatest("catalog.try")?.variables?.catalogPath;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problems = missingOf(values, ["path"]);
    setProblems(problems);
    if (Object.keys(problems).length === 0) trial.mutate({ catalogPath: values.path.trim(), scope });
  };
  return (
    <Card title={words.title}>
      <div className="stack">
        <Form className="form" onSubmit={submit} validationBehavior="aria">
          <PathField label={words.file} hint={words.fileHint} isRequired {...field("path")} />
          <div className="form-actions">
            <Segments label={words.scope} value={scope} choices={trialScopes} onChange={setScope} />
            <Button type="submit" look="primary" isDisabled={isRunning}>
              {words.run}
            </Button>
          </div>
        </Form>
        {triedPath === undefined ? null : <TrialOutcome edit={{ catalogPath: triedPath }} takeOver={words.takeOver} />}
      </div>
    </Card>
  );
}
