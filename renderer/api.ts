import {
  type MutationState,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useIsMutating,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { Answer, Bridge, Procedure, RequestOf, ResponseOf } from "../shared/ipc/contract.ts";
import { strings } from "./strings.ts";

declare global {
  interface Window {
    /** Put there by the preload script; the only way out of this page. */
    readonly tickmark: Bridge;
  }
}

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: CallFault;
  }
}

export type Fault = Extract<Answer<Procedure>, { ok: false }>["fault"];

/** What a call throws: the fault as the other side described it, to be shown in full. */
export class CallFault extends Error implements Fault {
  override readonly name = "CallFault";
  readonly code: Fault["code"];
  readonly action: string;

  constructor(fault: Fault) {
    super(fault.message);
    this.code = fault.code;
    this.action = fault.action;
  }
}

/** @throws CallFault and nothing else */
export async function call<P extends Procedure>(procedure: P, request: RequestOf<P>): Promise<ResponseOf<P>> {
  const answer = await window.tickmark.call(procedure, request).catch(brokenBridge);
  if (!answer.ok) throw new CallFault(answer.fault);
  return answer.value;
}

function brokenBridge(thrown: unknown): { ok: false; fault: Fault } {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return { ok: false, fault: { code: "internal", message: strings.fault.bridge(why), action: strings.fault.restart } };
}

/** Reads something. What was read stays until the engagement changes (see events.ts). */
export function useProcedure<P extends Procedure>(
  procedure: P,
  request: RequestOf<P>,
  options: { enabled?: boolean } = {},
): UseQueryResult<ResponseOf<P>, CallFault> {
  return useQuery(procedureQuery(procedure, request, options));
}

/** The same as options, for screens that read several at once. */
export function procedureQuery<P extends Procedure>(
  procedure: P,
  request: RequestOf<P>,
  options: { enabled?: boolean } = {},
) {
  return {
    queryKey: [procedure, request] as const,
    queryFn: (): Promise<ResponseOf<P>> => call(procedure, request),
    ...options,
  };
}

export interface CommandOptions {
  /** Procedures whose answers are stale afterwards, where no event says so. */
  readonly refreshes?: readonly Procedure[];
  /** False for requests that carry a secret, and for answers that are large: nothing of them is remembered. */
  readonly remember?: boolean;
}

/** Does something. Its state outlives the screen, so that a pull goes on being shown after a look elsewhere: see useLatest. */
export function useCommand<P extends Procedure>(
  procedure: P,
  { refreshes = [], remember = true }: CommandOptions = {},
): UseMutationResult<ResponseOf<P>, CallFault, RequestOf<P>> {
  const client = useQueryClient();
  return useMutation({
    mutationKey: [procedure],
    mutationFn: (request: RequestOf<P>) => call(procedure, request),
    gcTime: remember ? Number.POSITIVE_INFINITY : 0,
    onSuccess: () => Promise.all(refreshes.map((stale) => client.invalidateQueries({ queryKey: [stale] }))),
  });
}

/** State of the newest run of a command, wherever in the window it was started. */
export function useLatest<P extends Procedure>(
  procedure: P,
): MutationState<ResponseOf<P>, CallFault, RequestOf<P>> | undefined {
  const states = useMutationState({ filters: { mutationKey: [procedure] }, select: (mutation) => mutation.state });
  return states.at(-1) as MutationState<ResponseOf<P>, CallFault, RequestOf<P>> | undefined;
}

export function useIsRunning(procedure: Procedure): boolean {
  return useIsMutating({ mutationKey: [procedure] }) > 0;
}

/** Forgets all that was shown of an engagement: another one is open. What the engine last said about itself stays. */
export async function forgetEngagement(client: QueryClient): Promise<void> {
  const commands = client.getMutationCache();
  for (const command of commands.getAll()) {
    // What was verified is no matter of the engagement, and may be what is browsed next.
    const isOfIt = command.options.mutationKey?.[0] !== "bundle.verify";
    if (isOfIt && command.state.status !== "pending") commands.remove(command);
  }
  await client.resetQueries({ predicate: (query) => query.queryKey[0] !== "event" });
}
