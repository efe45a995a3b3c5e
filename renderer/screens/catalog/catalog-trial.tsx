import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import type { CatalogComparison } from "../../../shared/model/catalog-comparison.ts";
import { useCommand, useIsRunning, useLatest } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { PathField } from "../../components/path-field.tsx";
import { Segments } from "../../components/segments.tsx";
import { FaultNotice, Loading } from "../../components/states.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptEvent } from "../../events.ts";
import { strings } from "../../strings.ts";
import { TrialResult } from "./trial-result.tsx";

const words = strings.catalog.trial;
const scopes = [
  { id: "sample", label: words.sample },
  { id: "population", label: words.population },
] as const;

/** What an edited catalog would change: nothing is kept until the person takes it over. */
export function CatalogTrial() {
  const { values, field, setProblems } = useForm({ path: "" });
  const [scope, setScope] = useState<CatalogComparison["scope"]>("sample");
  const trial = useCommand("catalog.try");
  const change = useCommand("catalog.change", { refreshes: ["catalog.show"] });
  const latest = useLatest("catalog.try");
  const isRunning = useIsRunning("catalog.try");
  const progress = useKeptEvent("work-progress");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problems = missingOf(values, ["path"]);
    setProblems(problems);
    if (Object.keys(problems).length === 0) trial.mutate({ catalogPath: values.path.trim(), scope });
  };
  const tried = latest?.status === "success" ? latest : undefined;
  const triedPath = tried?.variables?.catalogPath;
  return (
    <Card title={words.title}>
      <div className="stack">
        <Form className="form" onSubmit={submit} validationBehavior="aria">
          <PathField label={words.file} hint={words.fileHint} isRequired {...field("path")} />
          <div className="form-actions">
            <Segments label={words.scope} value={scope} choices={scopes} onChange={setScope} />
            <Button type="submit" look="primary" isDisabled={isRunning}>
              {words.run}
            </Button>
          </div>
        </Form>
        {isRunning ? <Loading what={progress?.what ?? words.running} /> : null}
        {latest?.error && !isRunning ? <FaultNotice fault={latest.error} /> : null}
        {tried?.data && !isRunning ? <TrialResult comparison={tried.data} /> : null}
        {tried && triedPath !== undefined && !isRunning ? (
          <div className="form-actions">
            <Button isDisabled={change.isPending} onPress={() => change.mutate({ catalogPath: triedPath })}>
              {words.takeOver}
            </Button>
            <span className="muted" role="status">
              {change.isSuccess ? words.takenOver : words.takeOverAbout}
            </span>
          </div>
        ) : null}
        {change.error ? <FaultNotice fault={change.error} /> : null}
      </div>
    </Card>
  );
}
