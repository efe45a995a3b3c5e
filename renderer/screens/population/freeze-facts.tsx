import type { Freeze } from "../../../shared/model/sample.ts";
import { Terms } from "../../components/page.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { countItems } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.population.facts;

/** The size and digest that are on record since the freeze. */
export function FreezeFacts({ freeze }: { readonly freeze: Freeze }) {
  return (
    <div className="freeze-facts">
      <p className="figure">{countItems(freeze.size, freeze.population)}</p>
      <Terms
        entries={[
          [words.digest, <Hash key="digest" hash={freeze.digest} what={words.digest} />],
          [words.frozen, <Moment key="at" at={freeze.at} />],
          [words.by, freeze.by],
        ]}
      />
      <p className="muted">{words.digestAbout}</p>
    </div>
  );
}
