import { useState } from "react";
import { Button } from "../components/button.tsx";
import { useKeptEvent } from "../events.ts";
import { strings } from "../strings.ts";

/** That the engine stopped and runs again is told until the person has seen it: a step was lost. */
export function RestartNotice() {
  const state = useKeptEvent("engine-state");
  const [seen, setSeen] = useState<unknown>(null);
  if (state?.state !== "restarted" || state === seen) return null;
  return (
    <div className="restart-notice" role="alert">
      <p>{state.sentence}</p>
      <Button onPress={() => setSeen(state)}>{strings.frame.understood}</Button>
    </div>
  );
}
