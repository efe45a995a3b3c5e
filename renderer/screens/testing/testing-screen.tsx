import { Changing, useBrowsed } from "../../components/changing.tsx";
import "./testing.css";
import { IconListCheck } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { populationWords } from "../../../shared/model/population-words.ts";
import type { MatrixView } from "../../../shared/model/view.ts";
import { useCommand, useIsRunning, useLatest, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { AnswerOf, Empty, FaultNotice, Loading } from "../../components/states.tsx";
import { useKeptEvent } from "../../events.ts";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { UndoJudgement } from "../evidence/undo-judgement.tsx";
import { PopulationPicker, populationChoices } from "../population/population-picker.tsx";
import { drawLog } from "../sample/draw-log.ts";
import { NoEngagement } from "../start/no-engagement.tsx";
import { Matrix } from "./matrix.tsx";

const words = strings.testing;
const route = getRouteApi("/testing");

export function TestingScreen() {
  const { population } = route.useSearch();
  const navigate = route.useNavigate();
  const current = useProcedure("engagement.current", {});
  const isOpen = current.data != null;
  const matrix = useProcedure("evaluation.matrix", { population, rows: false }, { enabled: isOpen });
  const frozen = useProcedure("population.show", {}, { enabled: isOpen });
  const draw = matrix.data?.draw;
  return (
    <Page
      title={words.title}
      reference={populationWords[population].section}
      subtitle={
        draw ? words.drawn(formatCount(draw.size), formatCount(draw.populationSize), draw.seed) : words.subtitle
      }
      layout="fill"
      actions={
        isOpen ? (
          <>
            {frozen.data ? (
              <PopulationPicker
                label={strings.items.population}
                value={population}
                choices={populationChoices(frozen.data)}
                onChange={(chosen) => void navigate({ search: { population: chosen } })}
              />
            ) : null}
            <Changing>
              <Evaluate isFirst={!isEvaluated(matrix.data)} />
            </Changing>
          </>
        ) : null
      }
    >
      <AnswerOf of={current} loading={words.loading}>
        {(engagement) =>
          engagement === null ? (
            <NoEngagement />
          ) : (
            <AnswerOf of={matrix} loading={words.loading}>
              {(view) => (
                <>
                  <EvaluationState />
                  <Changing>
                    <UndoJudgement />
                  </Changing>
                  {view && isEvaluated(view) ? (
                    <Matrix key={population} population={population} view={view} />
                  ) : (
                    <NotEvaluated />
                  )}
                </>
              )}
            </AnswerOf>
          )
        }
      </AnswerOf>
    </Page>
  );
}

/** A drawn sample has a matrix from the start; before the evaluation it says nothing about any control. */
function isEvaluated(view: MatrixView | null | undefined): boolean {
  return view != null && view.summaries.length > 0;
}

function Evaluate({ isFirst }: { readonly isFirst: boolean }) {
  const evaluate = useCommand("evaluation.run", { refreshes: ["evaluation.matrix", "evaluation.rows"] });
  const isRunning = useIsRunning("evaluation.run");
  const draws = useProcedure("sample.list", drawLog);
  return (
    <Button
      look={isFirst ? "primary" : "plain"}
      icon={<IconListCheck size={15} aria-hidden />}
      isDisabled={isRunning || !draws.data || draws.data.length === 0}
      onPress={() => evaluate.mutate({})}
    >
      {isFirst ? words.evaluate : words.evaluateAgain}
    </Button>
  );
}

function EvaluationState() {
  const isRunning = useIsRunning("evaluation.run");
  const latest = useLatest("evaluation.run");
  const progress = useKeptEvent("work-progress");
  if (isRunning) return <Loading what={progress?.what ?? words.evaluating} />;
  return latest?.error ? <FaultNotice fault={latest.error} /> : null;
}

function NotEvaluated() {
  const { population } = route.useSearch();
  const draws = useProcedure("sample.list", drawLog);
  const part = useBrowsed()?.part;
  if (!draws.data) return null;
  const isDrawn = draws.data.some(({ draw }) => draw.population === population);
  if (isDrawn && part) {
    const { notInPart, notInPartAbout } = strings.browsing;
    return <Empty title={notInPart}>{notInPartAbout(part.siblings)}</Empty>;
  }
  return isDrawn ? (
    <Empty title={words.notEvaluated}>{words.notEvaluatedAbout}</Empty>
  ) : (
    <Empty
      title={words.notDrawn(strings.items[population].all)}
      action={
        <Link to="/sample" search={{ population }}>
          {words.goToSample}
        </Link>
      }
    >
      {words.notDrawnAbout}
    </Empty>
  );
}
