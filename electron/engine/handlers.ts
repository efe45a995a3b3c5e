import { TickmarkError } from "../../shared/errors.ts";
import { keeperProcedures } from "../../shared/ipc/keeper-contract.ts";
import type { CallAnswerer } from "../process/call-port.ts";
import type { EngineHandlers, KeeperHandlers } from "./handler-types.ts";
import { createBrowsingHandlers, createEngagementHandlers } from "./handlers/engagement-handlers.ts";
import { createEvaluationHandlers } from "./handlers/evaluation-handlers.ts";
import { createExportHandlers } from "./handlers/export-handlers.ts";
import { createJudgementHandlers } from "./handlers/judgement-handlers.ts";
import { createPeopleHandlers } from "./handlers/people-handlers.ts";
import { createPopulationHandlers } from "./handlers/population-handlers.ts";
import { createSampleHandlers } from "./handlers/sample-handlers.ts";
import { createPullHandlers, createSourceHandlers } from "./handlers/source-handlers.ts";
import { isReading } from "./reading-procedures.ts";
import { viewRedactionRules } from "./redaction-rules-file.ts";
import { type Emit, readOnly, Session } from "./session.ts";
import { toolVersion } from "./tool-version.ts";
import { viewCompleteness } from "./views/completeness-view.ts";

/** The engine: one engagement at a time, the same for the window and for the command line. */
export function createEngine(emit: (event: string, payload: unknown) => void): CallAnswerer {
  const session = new Session(emit as Emit);
  const keeper: KeeperHandlers = {
    ...createExportHandlers(session),
    ...createPullHandlers(session),
    ...createBrowsingHandlers(session),
  };
  const engine: EngineHandlers = {
    "engine.ping": () => ({ node: process.versions.node, version: toolVersion }),
    ...createEngagementHandlers(session),
    ...createSourceHandlers(session),
    "completeness.show": () => viewCompleteness(session),
    ...createPeopleHandlers(session),
    ...createPopulationHandlers(session),
    ...createSampleHandlers(session),
    ...createEvaluationHandlers(session),
    ...createJudgementHandlers(session),
    "redaction.read": ({ path }) => viewRedactionRules(path),
  };
  return {
    async call(procedure, request) {
      if (session.browsed !== null && !isReading(procedure)) throw readOnly();
      if (Object.hasOwn(keeper, procedure)) return askKeeper(keeper, procedure as keyof KeeperHandlers, request);
      const handler = Object.hasOwn(engine, procedure) ? engine[procedure as keyof EngineHandlers] : undefined;
      if (!handler) throw unknownProcedure(procedure);
      return (handler as (request: unknown) => unknown)(request);
    },
    close: () => session.close(),
  };
}

function askKeeper<P extends keyof KeeperHandlers>(
  keeper: KeeperHandlers,
  procedure: P,
  request: unknown,
): Promise<unknown> {
  const parsed = keeperProcedures[procedure].safeParse(request);
  if (!parsed.success) throw unknownProcedure(`${procedure} with this request`);
  return (keeper[procedure] as (request: unknown) => Promise<unknown>)(parsed.data);
}

function unknownProcedure(procedure: string): TickmarkError {
  return new TickmarkError("request-invalid", `The engine has no procedure ${procedure}.`, "Report this message.");
}
