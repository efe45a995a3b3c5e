import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { supportWords } from "../../../shared/model/conclusion-words.ts";
import { plotControl } from "../../../shared/model/plot-interval.ts";
import { formatRate } from "../../../shared/model/rate-text.ts";
import { Fold } from "../../components/fold.tsx";
import { Terms } from "../../components/page.tsx";
import { IntervalPlot } from "../../components/plots/interval-plot.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { StrataTable } from "./conclusion-table.tsx";

const words = strings.conclusions;

function isJudged({ disposed, overruled, added }: Conclusion): boolean {
  return disposed + overruled + added > 0;
}

function testedWords({ asTested: { deviations, applicable, upper, support } }: Conclusion): string {
  const limit = upper === null ? "" : formatRate(upper, "up");
  return words.asTestedOf(formatCount(deviations), formatCount(applicable), limit, supportWords[support]);
}

/** One control: what follows in sentences, and its strata. */
export function ConclusionDetails({ conclusion }: { readonly conclusion: Conclusion }) {
  const { control, title, support, sentence, projection, further, trueRisk, plannedRisk, strata } = conclusion;
  return (
    <Fold summary={<span>{`${control} ${title}: ${supportWords[support]}`}</span>}>
      <div className="stack">
        <Terms
          entries={[
            [words.conclusion, sentence],
            projection ? [words.projection, projection.sentence] : null,
            further && further.additional !== 0 ? [words.further, further.sentence] : null,
            trueRisk === null
              ? null
              : [words.trueRisk, words.trueRiskOf(formatRate(trueRisk, "up"), formatRate(plannedRisk ?? 0))],
            isJudged(conclusion) ? [words.asTested, testedWords(conclusion)] : null,
          ]}
        />
        {strata.length > 0 ? (
          <>
            <IntervalPlot plot={plotControl(conclusion)} label={words.plotOf(control)} labelWidth={170} />
            <StrataTable conclusion={conclusion} />
          </>
        ) : null}
      </div>
    </Fold>
  );
}
