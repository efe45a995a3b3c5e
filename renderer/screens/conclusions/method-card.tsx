import { formatTypedRate } from "../../../shared/model/rate-text.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { Card, Terms } from "../../components/page.tsx";
import { Hash } from "../../components/values.tsx";
import { countItems, formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.conclusions;

/** How the items of a sample were found, and on what its size rests. */
export function MethodCard({ view: { draw, sentences } }: { readonly view: DrawView }) {
  const plan = "plan" in draw.basis ? draw.basis.plan.request : null;
  return (
    <Card title={words.method(strings.items[draw.population].all)}>
      <Terms
        entries={[
          [words.selection, strings.sample.methods[draw.method]],
          [words.size, words.projectedOf(formatCount(draw.size), countItems(draw.populationSize, draw.population))],
          plan ? [words.confidence, formatTypedRate(plan.confidence)] : null,
          plan ? [words.tolerable, formatTypedRate(plan.tolerableRate)] : null,
          [words.basis, sentences.join(" ")],
          draw.seed === "" ? null : [words.seed, <code key="seed">{draw.seed}</code>],
          [words.digest, <Hash key="digest" hash={draw.populationDigest} what={words.digest} />],
        ]}
      />
    </Card>
  );
}
