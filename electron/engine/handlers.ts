import { TickmarkError } from "../../shared/errors.ts";
import type { KeeperProcedure } from "../../shared/ipc/keeper-contract.ts";
import type { CallAnswerer } from "../process/call-port.ts";
import type { EngineHandlersOf, EngineNoun, KeeperHandlers } from "./handler-types.ts";
import { isReading } from "./reading-procedures.ts";
import { type Emit, readOnly, Session } from "./session.ts";
import { toolVersion } from "./tool-version.ts";

/*
 * Who answers what. Each file of handlers is loaded, with all that it works with, when the first of its procedures is called:
 * an engine that only starts reads no catalog, knows no reader and no driver, and parses nothing.
 */
const loadEngagement = async (session: Session) =>
  (await import("./handlers/engagement-handlers.ts")).createEngagementHandlers(session);
const loadEvaluation = async (session: Session) =>
  (await import("./handlers/evaluation-handlers.ts")).createEvaluationHandlers(session);
const loadJudgement = async (session: Session) =>
  (await import("./handlers/judgement-handlers.ts")).createJudgementHandlers(session);

/** By the first word of a procedure. */
const loadByNoun: { readonly [N in EngineNoun]: (session: Session) => Promise<EngineHandlersOf<N>> } = {
  "engine": async () => ({ "engine.ping": () => ({ node: process.versions.node, version: toolVersion }) }),
  "engagement": loadEngagement,
  "activity": loadEngagement,
  "work": loadEngagement,
  "source": async (session) => (await import("./handlers/source-handlers.ts")).createSourceHandlers(session),
  "completeness": async (session) =>
    (await import("./handlers/source-handlers.ts")).createCompletenessHandlers(session),
  "people": async (session) => (await import("./handlers/people-handlers.ts")).createPeopleHandlers(session),
  "population": async (session) =>
    (await import("./handlers/population-handlers.ts")).createPopulationHandlers(session),
  "sample": async (session) => (await import("./handlers/sample-handlers.ts")).createSampleHandlers(session),
  "catalog": loadEvaluation,
  "evaluation": loadEvaluation,
  "evidence": loadEvaluation,
  "judgement": loadJudgement,
  "exception": loadJudgement,
  "sign-off": loadJudgement,
  "mark": loadJudgement,
  "note": loadJudgement,
  "redaction": async () => {
    const { viewRedactionRules } = await import("./redaction-rules-file.ts");
    return { "redaction.read": ({ path }) => viewRedactionRules(path) };
  },
};

const loadExport = async (session: Session) =>
  (await import("./handlers/export-handlers.ts")).createExportHandlers(session);
const loadPull = async (session: Session) =>
  (await import("./handlers/source-handlers.ts")).createPullHandlers(session);

/** What only the keeper of secrets asks. */
const loadForKeeper: { readonly [P in KeeperProcedure]: (session: Session) => Promise<Pick<KeeperHandlers, P>> } = {
  "identity.read": loadExport,
  "identity.create": loadExport,
  "source.test": loadPull,
  "pull.run": loadPull,
  "export.write": loadExport,
  "bundle.sign": loadExport,
  "bundle.timestamp": loadExport,
  "bundle.browse": async (session) =>
    (await import("./handlers/engagement-handlers.ts")).createBrowsingHandlers(session),
};

/** The engine: one engagement at a time, the same for the window and for the command line. */
export function createEngine(emit: (event: string, payload: unknown) => void): CallAnswerer {
  const session = new Session(emit as Emit);
  const loaded = new Map<unknown, Promise<object>>();
  let lastLoaded: Promise<unknown> = Promise.resolve();

  const load = async (procedure: string): Promise<Handler> => {
    if (session.browsed !== null && !isReading(procedure)) throw readOnly();
    const loadHandlers = loaderOf(procedure);
    const handlers = loaded.get(loadHandlers) ?? loadHandlers(session);
    loaded.set(loadHandlers, handlers);
    const handler = ownOf(await handlers, procedure);
    return isForKeeper(procedure) ? checked(procedure, handler as Handler) : (handler as Handler);
  };
  return {
    async call(procedure, request) {
      // Calls begin in the order in which they came, also while what answers one of them is being loaded.
      const loading = lastLoaded.then(() => load(procedure));
      lastLoaded = loading.catch(() => undefined);
      return (await loading)(request);
    },
    close: () => session.close(),
  };
}

type Handler = (request: unknown) => unknown;

function loaderOf(procedure: string): (session: Session) => Promise<object> {
  if (isForKeeper(procedure)) return loadForKeeper[procedure];
  return ownOf(loadByNoun, procedure.split(".")[0] ?? "", procedure);
}

const isForKeeper = (procedure: string): procedure is KeeperProcedure => Object.hasOwn(loadForKeeper, procedure);

/** @throws request-invalid */
function ownOf<T extends object>(table: T, name: string, procedure = name): T[keyof T] {
  if (Object.hasOwn(table, name)) return table[name as keyof T];
  throw unknownProcedure(procedure);
}

/** The window's requests come checked; those of who keeps the secrets are checked here. */
async function checked(procedure: KeeperProcedure, handler: Handler): Promise<Handler> {
  const { keeperProcedures } = await import("../../shared/ipc/keeper-contract.ts");
  return (request) => {
    const parsed = keeperProcedures[procedure].safeParse(request);
    if (!parsed.success) throw unknownProcedure(`${procedure} with this request`);
    return handler(parsed.data);
  };
}

function unknownProcedure(procedure: string): TickmarkError {
  return new TickmarkError("request-invalid", `The engine has no procedure ${procedure}.`, "Report this message.");
}
