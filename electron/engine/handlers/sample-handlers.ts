import type { EngineHandlersOf } from "../handler-types.ts";
import type { Session } from "../session.ts";
import { drawSample, viewDraw } from "../steps/sample-step.ts";

export function createSampleHandlers(session: Session): EngineHandlersOf<"sample"> {
  return {
    "sample.draw": (request) => drawSample(session, request),
    "sample.list": () => session.store.draws().map(viewDraw),
  };
}
