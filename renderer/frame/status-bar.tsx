import type { EngagementView } from "../../shared/model/view.ts";
import { useIsRunning, useProcedure } from "../api.ts";
import { Moment } from "../components/values.tsx";
import { useKeptEvent } from "../events.ts";
import { formatCount, shortHash } from "../format.ts";
import { strings } from "../strings.ts";

const words = strings.statusBar;

export function StatusBar({ engagement }: { readonly engagement: EngagementView | null }) {
  const isPulling = useIsRunning("pull.run");
  return (
    <footer className="status-bar">
      {engagement ? (
        <>
          <span title={engagement.activityHead}>
            {words.activity(formatCount(engagement.activityCount))} <code>{shortHash(engagement.activityHead)}</code>
          </span>
          <span>
            {isPulling ? words.pulling : words.lastPull}{" "}
            {isPulling ? null : engagement.lastPullAt ? <Moment at={engagement.lastPullAt} /> : words.never}
          </span>
        </>
      ) : (
        <span>{words.noEngagement}</span>
      )}
      <EngineState />
    </footer>
  );
}

function EngineState() {
  const state = useKeptEvent("engine-state");
  const ping = useProcedure("engine.ping", {});
  const isReady = state ? state.state === "ready" : ping.isSuccess;
  const sentence = ping.isError ? ping.error.message : words.engineStarting;
  return (
    <span className={`status-engine ${isReady ? "good" : "doubt"}`} role="status">
      {isReady ? words.engineReady(ping.data?.version ?? "") : (state?.sentence ?? sentence)}
    </span>
  );
}
