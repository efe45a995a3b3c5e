import { TickmarkError } from "../../shared/errors.ts";
import type { EventName, EventOf, Procedure, RequestOf, ResponseOf } from "../../shared/ipc/contract.ts";
import type { KeeperProcedure, KeeperRequest, KeeperResponse } from "../../shared/ipc/keeper-contract.ts";

/** The engine as the command line sees it: the same procedures as the window's, in this process. */
export interface Client {
  call<P extends Procedure>(procedure: P, request: RequestOf<P>): Promise<ResponseOf<P>>;
  /** Procedures that only who holds the secrets may call: the main process, or this command line. */
  keep<P extends KeeperProcedure>(procedure: P, request: KeeperRequest<P>): Promise<KeeperResponse[P]>;
  close(): Promise<void>;
}

/** Loads the engine only now: `verify` must work in a process that has neither store nor network. */
export async function openClient(
  onEvent: <E extends EventName>(event: E, payload: EventOf<E>) => void,
): Promise<Client> {
  const { createEngine } = await import("../engine/handlers.ts");
  const { procedures } = await import("../../shared/ipc/contract.ts");
  const engine = createEngine((event, payload) => onEvent(event as EventName, payload as EventOf<EventName>));
  return {
    async call(procedure, request) {
      const parsed = procedures[procedure].request.safeParse(request);
      if (!parsed.success) {
        const all = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
        throw new TickmarkError("usage", `The request is not complete: ${all.join("; ")}.`, "See --help.");
      }
      return (await engine.call(procedure, parsed.data)) as never;
    },
    keep: async (procedure, request) => (await engine.call(procedure, request)) as never,
    close: () => engine.close(),
  };
}
