import "./population.css";
import { getRouteApi } from "@tanstack/react-router";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { useProcedure } from "../../api.ts";
import { Page } from "../../components/page.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import { NoEngagement } from "../start/no-engagement.tsx";
import { FreezeFirst } from "./freeze-first.tsx";
import { PopulationItems } from "./population-items.tsx";
import { PopulationPicker, populationChoices } from "./population-picker.tsx";
import { ReconciliationView } from "./reconciliation.tsx";

const words = strings.population;
const route = getRouteApi("/population");
const reconciliation = { id: "reconciliation", label: words.reconciliation } as const;

export function PopulationScreen() {
  const { population, view } = route.useSearch();
  const navigate = route.useNavigate();
  const current = useProcedure("engagement.current", {});
  const shown = useProcedure("population.show", {}, { enabled: current.data != null });
  const choose = (chosen: PopulationKind | "reconciliation") =>
    void navigate({ search: chosen === "reconciliation" ? { population, view: chosen } : { population: chosen } });
  return (
    <Page
      title={words.title}
      reference={strings.references.population}
      subtitle={words.subtitle}
      layout={view === "reconciliation" || !shown.data ? "scroll" : "fill"}
      actions={
        shown.data ? (
          <PopulationPicker
            label={words.views}
            value={view ?? population}
            choices={[...populationChoices(shown.data), reconciliation]}
            onChange={choose}
          />
        ) : null
      }
    >
      <AnswerOf of={current} loading={words.loading}>
        {(engagement) =>
          engagement === null ? (
            <NoEngagement />
          ) : (
            <AnswerOf of={shown} loading={words.loading}>
              {(frozen) => {
                if (frozen === null) return <FreezeFirst counts={engagement.counts} />;
                return view === "reconciliation" ? (
                  <ReconciliationView frozen={frozen} />
                ) : (
                  <PopulationItems key={population} frozen={frozen} population={population} />
                );
              }}
            </AnswerOf>
          )
        }
      </AnswerOf>
    </Page>
  );
}
