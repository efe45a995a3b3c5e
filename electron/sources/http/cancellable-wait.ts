import { setTimeout as sleep } from "node:timers/promises";
import { TickmarkError } from "../../../shared/errors.ts";

export function cancelled(): TickmarkError {
  return new TickmarkError("cancelled", "The pull was stopped.", "Pull again to go on from where it stopped.");
}

/** @throws cancelled */
export function checkNotCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** Waits, and gives up waiting as soon as the signal says so. @throws cancelled */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  checkNotCancelled(signal);
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    throw cancelled();
  }
}
