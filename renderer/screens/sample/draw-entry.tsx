import type { Draw } from "../../../shared/model/sample.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { Hash, Moment, Tag } from "../../components/values.tsx";
import { countItems, formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { DrawnItems } from "./drawn-items.tsx";

const words = strings.sample;
/** So many are read as a list; more are a grid, and asked for in pages. */
const fewItems = 1000;

/** One entry of the draw log, with the command that draws it again without Tickmark. */
export function DrawEntry({ view: { draw, command, standing, sentences } }: { readonly view: DrawView }) {
  return (
    <Card
      title={titleOf(draw)}
      actions={
        <>
          {standing === "sample" ? null : <Tag look="doubt">{words.standings[standing]}</Tag>}
          <Moment at={draw.at} />
        </>
      }
    >
      <div className="stack">
        <Terms
          entries={[
            [words.method, words.methods[draw.method]],
            draw.seed === "" ? null : [words.seed, <code key="seed">{draw.seed}</code>],
            [words.basis, sentences.join(" ")],
            [words.rationale, draw.rationale],
            [words.by, draw.by],
            [words.digest, <Hash key="digest" hash={draw.populationDigest} what={words.digest} isWhole />],
          ]}
        />
        <StrataOf draw={draw} />
        {command === "" ? null : <Command command={command} />}
        {draw.size > fewItems ? (
          <Fold summary={words.items(formatCount(draw.size))} isLazy>
            <DrawnItems draw={draw} />
          </Fold>
        ) : (
          <Fold summary={words.items(formatCount(draw.size))}>
            <ol className="drawn-items mono">
              {draw.items.map((id, index) => (
                <li key={id}>{draw.reasons[index] ? `${id} ${draw.reasons[index]}` : id}</li>
              ))}
            </ol>
          </Fold>
        )}
      </div>
    </Card>
  );
}

function titleOf({ purpose, size, population, populationSize }: Draw): string {
  if (purpose.kind === "initial") return words.drawn(countItems(size, population), formatCount(populationSize));
  return words.purposes[purpose.kind](countItems(size, population));
}

function StrataOf({ draw: { strata, purpose } }: { readonly draw: Draw }) {
  if (strata === null || purpose.kind !== "initial") return null;
  return (
    <table className="table" aria-label={words.strata.title}>
      <thead>
        <tr>
          <th>{words.strata.stratum}</th>
          <th className="number">{words.strata.population}</th>
          <th className="number">{words.strata.drawn}</th>
        </tr>
      </thead>
      <tbody>
        {strata.sizes.map(({ name, population, sample }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{formatCount(population)}</td>
            <td className="number">{formatCount(sample)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Command({ command }: { readonly command: string }) {
  return (
    <section aria-label={words.command}>
      <div className="row command-head">
        <h3>{words.command}</h3>
        <CopyButton what={words.command} text={command} look="plain">
          {strings.common.copyWord}
        </CopyButton>
      </div>
      <pre className="command">{command}</pre>
    </section>
  );
}
