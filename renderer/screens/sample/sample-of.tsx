import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { DrawView, PopulationView } from "../../../shared/model/view.ts";
import { Changing, useIsBrowsing } from "../../components/changing.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { WeekPlot } from "../../components/plots/week-plot.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { countItems } from "../../format.ts";
import { strings } from "../../strings.ts";
import { DrawEntry } from "./draw-entry.tsx";
import { DrawForm } from "./draw-form.tsx";
import { FurtherDraws } from "./further-draws.tsx";

const words = strings.sample;

export interface SampleOfProps {
  readonly population: PopulationKind;
  readonly frozen: PopulationView;
  readonly draws: readonly DrawView[];
}

/** Drawing from one population, and the log of its draws, newest first. */
export function SampleOf({ population, frozen, draws }: SampleOfProps) {
  const isBrowsing = useIsBrowsing();
  const freeze = frozen.freezes.findLast((each) => each.population === population);
  const own = draws.filter(({ draw }) => draw.population === population);
  const weeks = frozen.weeks[population];
  if (!freeze) return <p className="muted">{words.notFrozen}</p>;
  const drawn = own.map(({ draw }) => draw.id);
  const current = own.findLast(({ draw, standing }) => draw.purpose.kind === "initial" && standing === "sample");
  return (
    <div className="columns">
      <div className="stack">
        {own.length === 0 ? (
          <Card title={words.draw}>
            {isBrowsing ? <p>{words.nothingDrawn}</p> : <DrawForm freeze={freeze} drawn={drawn} />}
          </Card>
        ) : (
          <>
            {own.toReversed().map((view) => (
              <DrawEntry key={view.draw.id} view={view} />
            ))}
            <Changing>
              {current && current.draw.method !== "everything" ? (
                <FurtherDraws draw={current.draw} drawn={drawn} />
              ) : null}
              <Fold summary={words.again}>
                <Card title={words.again}>
                  <div className="stack">
                    <p className="notice">{words.againAbout}</p>
                    <DrawForm freeze={freeze} drawn={drawn} />
                  </div>
                </Card>
              </Fold>
            </Changing>
          </>
        )}
        {weeks ? (
          <Card title={words.byWeek(strings.items[population].all)}>
            <WeekPlot weeks={weeks} population={population} />
          </Card>
        ) : null}
      </div>
      <div className="stack">
        <FrozenCard freeze={freeze} />
        <Card title={words.howTitle}>
          <div className="stack">
            {words.how.map((sentence) => (
              <p key={sentence} className="muted">
                {sentence}
              </p>
            ))}
          </div>
        </Card>
      </div>
    </div>
  );
}

function FrozenCard({ freeze }: { readonly freeze: Freeze }) {
  return (
    <Card title={words.population}>
      <Terms
        entries={[
          [words.size, countItems(freeze.size, freeze.population)],
          [words.digest, <Hash key="digest" hash={freeze.digest} what={words.digest} />],
          [words.frozen, <Moment key="at" at={freeze.at} />],
          [words.by, freeze.by],
        ]}
      />
    </Card>
  );
}
