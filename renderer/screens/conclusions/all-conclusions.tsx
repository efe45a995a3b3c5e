import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { supportMeanings, supportWords } from "../../../shared/model/conclusion-words.ts";
import { plotConclusions } from "../../../shared/model/plot-interval.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { Card, Terms } from "../../components/page.tsx";
import { IntervalPlot } from "../../components/plots/interval-plot.tsx";
import { strings } from "../../strings.ts";
import { NotesCard } from "../review/notes.tsx";
import { ControlSignOffs, SignOffCard } from "../review/sign-off-card.tsx";
import { ConclusionDetails } from "./conclusion-details.tsx";
import { ConclusionTable } from "./conclusion-table.tsx";
import { MethodCard } from "./method-card.tsx";

const words = strings.conclusions;

export interface AllConclusionsProps {
  readonly conclusions: readonly Conclusion[];
  readonly draws: readonly DrawView[];
}

/** What is projected, and apart from it what is only counted. */
export function AllConclusions({ conclusions, draws }: AllConclusionsProps) {
  const isApart = ({ drawId }: Conclusion) =>
    draws.some(({ draw, standing }) => draw.id === drawId && standing === "apart");
  const own = conclusions.filter((conclusion) => !isApart(conclusion));
  const apart = conclusions.filter(isApart);
  const initial = draws.filter(
    ({ draw, standing }) => standing !== "superseded" && conclusions.some(({ drawId }) => drawId === draw.id),
  );
  return (
    <div className="columns conclusions">
      <div className="stack">
        {own.length > 0 ? (
          <Card title={words.rates} isFlush>
            <div className="conclusions-plot">
              <IntervalPlot plot={plotConclusions(own)} label={words.plot} />
              <p className="muted">{words.key}</p>
            </div>
            <ConclusionTable conclusions={own} label={words.rates} />
          </Card>
        ) : null}
        {apart.length > 0 ? (
          <Card title={words.apart} isFlush>
            <p className="muted conclusions-plot">{words.apartAbout}</p>
            <ConclusionTable conclusions={apart} label={words.apart} />
          </Card>
        ) : null}
        <ControlSignOffs />
        <Card title={words.byControl}>
          {conclusions.map((conclusion) => (
            <ConclusionDetails key={`${conclusion.drawId} ${conclusion.control}`} conclusion={conclusion} />
          ))}
        </Card>
      </div>
      <div className="stack">
        <SignOffCard />
        <NotesCard />
        {initial.map((view) => (
          <MethodCard key={view.draw.id} view={view} />
        ))}
        <Card title={words.words}>
          <Terms
            entries={[...new Set(conclusions.map(({ support }) => support))].map((support) => [
              supportWords[support],
              supportMeanings[support],
            ])}
          />
        </Card>
      </div>
    </div>
  );
}
