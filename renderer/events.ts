import { type QueryClient, skipToken, useQuery } from "@tanstack/react-query";
import type { EventName, EventOf } from "../shared/ipc/contract.ts";
import type { EngagementView } from "../shared/model/view.ts";
import { call } from "./api.ts";

type Progress = EventOf<"pull-progress">;
/** How far each source of the running pull is. */
export type PullProgressBySource = Readonly<Record<string, Progress>>;

interface Kept {
  readonly "engine-state": EventOf<"engine-state">;
  readonly "work-progress": EventOf<"work-progress">;
  readonly "pull-progress": PullProgressBySource;
}

const keyOf = (event: EventName) => ["event", event];

/** Takes the engine's events in: the newest of each kind is kept beside the answers, and a change makes answers stale. */
export function listenToEngine(client: QueryClient): () => void {
  const bridge = window.tickmark;
  const unlisten = [
    bridge.on("engagement-changed", () => void readAgain(client)),
    bridge.on("engine-state", (state) => {
      client.setQueryData(keyOf("engine-state"), state);
      if (state.state === "restarted") void reopenEngagement(client);
    }),
    bridge.on("work-progress", (progress) => client.setQueryData(keyOf("work-progress"), progress)),
    bridge.on("pull-progress", (progress) => {
      client.setQueryData(keyOf("pull-progress"), (before: PullProgressBySource | undefined) => ({
        ...before,
        [progress.sourceId]: progress,
      }));
    }),
  ];
  return () => {
    for (const stop of unlisten) stop();
  };
}

function readAgain(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "event" });
}

/** A new engine has no engagement open. The one that was open is opened again; where that fails, the screens say that none is. */
async function reopenEngagement(client: QueryClient): Promise<void> {
  const before = client.getQueryData<EngagementView | null>(["engagement.current", {}]);
  // A bundle is no engagement file: it is verified again before it is shown again.
  if (before && !before.browsed) await call("engagement.open", { path: before.path }).catch(() => null);
  await readAgain(client);
}

/** The newest event of a kind, undefined before the first. */
export function useKeptEvent<E extends keyof Kept>(event: E): Kept[E] | undefined {
  return useQuery<Kept[E]>({ queryKey: keyOf(event), queryFn: skipToken, gcTime: Number.POSITIVE_INFINITY }).data;
}

/** Before a new run, so that it does not begin with the last one's progress. */
export function clearProgress(client: QueryClient): void {
  client.setQueryData(keyOf("pull-progress"), {});
  client.removeQueries({ queryKey: keyOf("work-progress") });
}
