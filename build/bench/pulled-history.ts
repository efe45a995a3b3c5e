import { createEngine } from "../../electron/engine/handlers.ts";
import { type HistoryShape, makeLargeHistory } from "./large-history.ts";

/** A new engagement of 2025 into which a long history was pulled. It stays open: whoever made it closes the engine. */
export async function pullHistory(path: string, history: HistoryShape): Promise<ReturnType<typeof createEngine>> {
  const engine = createEngine(() => {});
  const about = { name: "Bench", entity: "Bench", auditor: "Bench", from: "2025-01-01", to: "2025-12-31" };
  await engine.call("engagement.create", { path, ...about, timeZone: "UTC" });
  const location = await makeLargeHistory(history);
  const git = { id: "git", kind: "git", repository: "history", location, releaseBranch: "main" } as const;
  await engine.call("source.add", { source: git });
  await engine.call("pull.run", {});
  return engine;
}
