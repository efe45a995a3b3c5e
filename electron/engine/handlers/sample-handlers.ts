import type { EngineHandlersOf } from "../handler-types.ts";
import { readHouseTable, usualHouseTable } from "../house-tables.ts";
import type { Session } from "../session.ts";
import { expandSample, replaceItem } from "../steps/further-draw-step.ts";
import { viewPlan } from "../steps/sample-planning.ts";
import { drawSample } from "../steps/sample-step.ts";
import { viewStrata } from "../steps/strata-reading.ts";
import { listDrawnItems, listDraws } from "../views/draw-view.ts";

export function createSampleHandlers(session: Session): EngineHandlersOf<"sample"> {
  return {
    "sample.plan": (request) => viewPlan(session, request),
    "sample.strata": (request) => viewStrata(session, request),
    "sample.house-table": ({ table = usualHouseTable }) => readHouseTable(table),
    "sample.draw": (request) => drawSample(session, request),
    "sample.replace": (request) => replaceItem(session, request),
    "sample.expand": (request) => expandSample(session, request),
    "sample.items": ({ drawId, ...page }) => listDrawnItems(session, drawId, page),
    "sample.list": ({ itemsUpTo }) => listDraws(session, itemsUpTo),
  };
}
