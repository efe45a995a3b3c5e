import "./sample.css";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useProcedure } from "../../api.ts";
import { Page } from "../../components/page.tsx";
import { AnswerOf, Empty } from "../../components/states.tsx";
import { strings } from "../../strings.ts";
import { PopulationPicker, populationChoices } from "../population/population-picker.tsx";
import { NoEngagement } from "../start/no-engagement.tsx";
import { drawLog } from "./draw-log.ts";
import { SampleOf } from "./sample-of.tsx";

const words = strings.sample;
const route = getRouteApi("/sample");

export function SampleScreen() {
  const { population } = route.useSearch();
  const navigate = route.useNavigate();
  const current = useProcedure("engagement.current", {});
  const isOpen = current.data != null;
  const frozen = useProcedure("population.show", {}, { enabled: isOpen });
  const draws = useProcedure("sample.list", drawLog, { enabled: isOpen });
  return (
    <Page
      title={words.title}
      reference={strings.references.sample}
      subtitle={words.subtitle}
      actions={
        frozen.data ? (
          <PopulationPicker
            label={strings.items.population}
            value={population}
            choices={populationChoices(frozen.data)}
            onChange={(chosen) => void navigate({ search: { population: chosen } })}
          />
        ) : null
      }
    >
      <AnswerOf of={current} loading={words.loading}>
        {(engagement) =>
          engagement === null ? (
            <NoEngagement />
          ) : (
            <AnswerOf of={frozen} loading={words.loading}>
              {(view) =>
                view === null ? (
                  <Empty title={words.freezeFirst} action={<Link to="/population">{words.goToPopulation}</Link>}>
                    {words.freezeFirstAbout}
                  </Empty>
                ) : (
                  <AnswerOf of={draws} loading={words.loading}>
                    {(all) => <SampleOf key={population} population={population} frozen={view} draws={all} />}
                  </AnswerOf>
                )
              }
            </AnswerOf>
          )
        }
      </AnswerOf>
    </Page>
  );
}
