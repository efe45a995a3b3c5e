import { TickmarkError } from "../../../shared/errors.ts";
import type { EngineHandlersOf } from "../handler-types.ts";
import type { Session } from "../session.ts";
import { freezePopulation } from "../steps/population-step.ts";
import { listItems, viewPopulation } from "../views/population-view.ts";

export function createPopulationHandlers(session: Session): EngineHandlersOf<"population"> {
  return {
    async "population.freeze"() {
      await freezePopulation(session);
      const view = viewPopulation(session);
      if (view) return view;
      throw new TickmarkError("internal", "The population was frozen and cannot be read.", "Report this message.");
    },
    "population.show": () => viewPopulation(session),
    "population.items": (request) => listItems(session, request),
  };
}
