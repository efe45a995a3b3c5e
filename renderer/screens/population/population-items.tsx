import { IconX } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import { Button } from "../../components/button.tsx";
import { useIsBrowsing } from "../../components/changing.tsx";
import { readSort, sortAfter, writeSort } from "../../components/grid/sort.ts";
import { SearchField } from "../../components/search-field.tsx";
import { formatDay } from "../../format.ts";
import { strings } from "../../strings.ts";
import { FreezeFacts } from "./freeze-facts.tsx";
import { PopulationGrid } from "./population-grid.tsx";
import { WeekBars } from "./week-bars.tsx";

const words = strings.population;
const route = getRouteApi("/population");

export interface PopulationItemsProps {
  readonly frozen: PopulationView;
  readonly population: PopulationKind;
}

export function PopulationItems({ frozen, population }: PopulationItemsProps) {
  const { search = "", monday, sort: sorted } = route.useSearch();
  const isBrowsing = useIsBrowsing();
  const sort = readSort(sorted);
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(search);
  const filterBy = (change: { search?: string; monday?: string | undefined; sort?: string | undefined }) =>
    void navigate({ search: { population, search, monday, sort: sorted, ...change } as never, replace: true });
  // The engine is asked when typing pauses, not at every letter.
  useEffect(() => {
    if (typed === search) return;
    const timer = setTimeout(() => filterBy({ search: typed }), 250);
    return () => clearTimeout(timer);
  });
  const weeks = frozen.weeks[population];
  const freeze = frozen.freezes.findLast((each) => each.population === population);
  return (
    <div className="population">
      <div className="population-top">
        {freeze ? <FreezeFacts freeze={freeze} /> : null}
        {weeks ? (
          <WeekBars
            weeks={weeks}
            population={population}
            selected={monday}
            onSelect={(chosen) => filterBy({ monday: chosen })}
          />
        ) : null}
      </div>
      <div className="population-tools">
        <SearchField label={words.search} value={typed} onChange={setTyped} />
        {isBrowsing ? <span className="muted">{words.inBundle}</span> : null}
        {monday ? (
          <Button
            look="plain"
            aria-label={words.clearWeek(formatDay(monday))}
            icon={<IconX size={14} aria-hidden />}
            onPress={() => filterBy({ monday: undefined })}
          >
            {words.week(formatDay(monday))}
          </Button>
        ) : null}
      </div>
      <PopulationGrid
        key={`${search} ${monday ?? ""}`}
        filter={{ population, search, monday, sort }}
        onSort={(column) => filterBy({ sort: writeSort(sortAfter(sort, column)) })}
      />
    </div>
  );
}
