import type { DrawView } from "../../../shared/model/view.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { countOf, formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.sample;

/** One entry of the draw log, with the command that draws it again without Tickmark. */
export function DrawEntry({ view: { draw, command, sentences } }: { readonly view: DrawView }) {
  return (
    <Card
      title={words.drawn(countOf(draw.size, draw.population), formatCount(draw.populationSize))}
      actions={<Moment at={draw.at} />}
    >
      <div className="stack">
        <Terms
          entries={[
            [words.method, words.methods[draw.method]],
            draw.seed !== "" ? [words.seed, <code key="seed">{draw.seed}</code>] : null,
            [words.rationale, [draw.rationale, ...sentences].join(" ")],
            [words.by, draw.by],
            [words.digest, <Hash key="digest" hash={draw.populationDigest} what={words.digest} isWhole />],
          ]}
        />
        <section aria-label={words.command}>
          <div className="row command-head">
            <h3>{words.command}</h3>
            <CopyButton what={words.command} text={command} look="plain">
              {strings.common.copyWord}
            </CopyButton>
          </div>
          <pre className="command">{command}</pre>
        </section>
        <Fold summary={words.items(formatCount(draw.items.length))}>
          <ol className="drawn-items mono">
            {draw.items.map((id) => (
              <li key={id}>{id}</li>
            ))}
          </ol>
        </Fold>
      </div>
    </Card>
  );
}
