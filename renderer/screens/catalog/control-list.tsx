import { type Control, populationsOf } from "../../../shared/model/catalog.ts";
import type { CatalogView } from "../../../shared/model/view.ts";
import { Fold } from "../../components/fold.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { Hash } from "../../components/values.tsx";
import { strings } from "../../strings.ts";

const words = strings.catalog;

export function ControlList({ view: { catalog, sha256 } }: { readonly view: CatalogView }) {
  return (
    <Card title={words.controlsOf(catalog.title, catalog.version)}>
      <p className="muted">
        <Hash hash={sha256} what={words.digest} />
      </p>
      {catalog.controls.map((control) => (
        <ControlDetails key={control.id} control={control} />
      ))}
    </Card>
  );
}

function ControlDetails({ control }: { readonly control: Control }) {
  const references = Object.entries(control.frameworks).map(([name, ids]) => `${name}: ${ids.join(", ")}`);
  return (
    <Fold summary={<span>{`${control.id} ${control.title}`}</span>}>
      <div className="stack">
        <Terms
          entries={[
            [words.objective, control.objective],
            [words.risk, control.risk],
            [
              words.testedOn,
              populationsOf(control)
                .map((kind) => strings.items[kind].all)
                .join(", "),
            ],
            references.length > 0 ? [words.requirements, references.join("; ")] : null,
            ...Object.entries(control.parameters).map(
              ([name, { default: value, meaning }]) => [`${name} = ${JSON.stringify(value)}`, meaning] as const,
            ),
          ]}
        />
        {control.assertions.map(({ id, pass, passes, fails }) => (
          <section key={id} aria-label={id}>
            <h3 className="mono">{id}</h3>
            <pre className="catalog-rule">{pass.trim()}</pre>
            <p className="muted">{words.saysOf(passes, fails)}</p>
          </section>
        ))}
      </div>
    </Fold>
  );
}
