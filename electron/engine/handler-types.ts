import type { z } from "zod";
import type { Procedure, procedures } from "../../shared/ipc/contract.ts";
import type { KeeperProcedure, KeeperResponse, keeperProcedures } from "../../shared/ipc/keeper-contract.ts";

export type EngineProcedure = {
  [P in Procedure]: (typeof procedures)[P]["runs"] extends "engine" ? P : never;
}[Procedure];

type Later<T> = T | Promise<T>;

/** Requests come parsed by the contract's schemas. */
export type EngineHandlers = {
  readonly [P in EngineProcedure]: (
    request: z.output<(typeof procedures)[P]["request"]>,
  ) => Later<z.output<(typeof procedures)[P]["response"]>>;
};

/** Asked only by who keeps the secrets. */
export type KeeperHandlers = {
  readonly [P in KeeperProcedure]: (request: z.output<(typeof keeperProcedures)[P]>) => Promise<KeeperResponse[P]>;
};

/** The first words of procedures. */
export type EngineNoun = EngineProcedure extends infer P ? (P extends `${infer Noun}.${string}` ? Noun : never) : never;

/** The handlers of one noun: `EngineHandlersOf<"source">` has `source.list`, `source.add` … */
export type EngineHandlersOf<Noun extends string> = Pick<EngineHandlers, Extract<EngineProcedure, `${Noun}.${string}`>>;
