import type { KeeperProcedure } from "../../shared/ipc/keeper-contract.ts";
import type { EngineProcedure } from "./handler-types.ts";

/**
 * What can be asked while a bundle is browsed: what only looks, what opens something else in its place, and what is no matter of
 * an engagement. Everything else is refused, so that a procedure which is added later is refused until it stands here.
 */
const reading: ReadonlySet<EngineProcedure | KeeperProcedure> = new Set([
  "engine.ping",
  "engagement.create",
  "engagement.create-demo",
  "engagement.open",
  "engagement.current",
  "engagement.close",
  "bundle.browse",
  "bundle.sign",
  "bundle.timestamp",
  "identity.read",
  "identity.create",
  "redaction.read",
  "work.cancel",
  "activity.list",
  "source.list",
  "source.kinds",
  "completeness.show",
  "population.show",
  "population.items",
  "people.list",
  "sample.list",
  "sample.items",
  "sample.house-table",
  "catalog.show",
  "catalog.text",
  "catalog.check",
  "evaluation.conclusions",
  "evaluation.frameworks",
  "evaluation.matrix",
  "evaluation.rows",
  "evaluation.item",
  "evidence.read",
  "evidence.bytes",
  "judgement.list",
  "exception.list",
  "sign-off.list",
  "note.list",
]);

export function isReading(procedure: string): boolean {
  return (reading as ReadonlySet<string>).has(procedure);
}
