import { TickmarkError } from "../../shared/errors.ts";
import type { Pace } from "../../shared/verification/pace.ts";

export interface VerificationProgress {
  readonly what: string;
  readonly done: number;
  readonly total: number;
}

/** Often enough for whoever looks at it, in milliseconds. */
const tellEvery = 100;
/** Long enough that waiting costs nothing, and short enough that a word to stop is heard at once. */
const restEvery = 25;

/** Tells how far a verification is, lets messages through, and stops where it was asked to. */
export function createPace(
  signal: AbortSignal | undefined,
  onProgress: (progress: VerificationProgress) => void,
): Pace {
  let told = { what: "", time: 0 };
  const rest = createRest(() => throwIfCancelled(signal));
  return {
    rest,
    async at(what, done, total) {
      const time = performance.now();
      if (what !== told.what || done >= total || time - told.time >= tellEvery) {
        told = { what, time };
        onProgress({ what, done, total });
      }
      await rest();
    },
  };
}

/**
 * Amid a long piece of work lets messages through, now and then.
 *
 * @param throwIfStopped when one of them was to stop
 */
export function createRest(throwIfStopped: () => void): () => Promise<void> {
  let rested = performance.now();
  return async () => {
    throwIfStopped();
    if (performance.now() - rested < restEvery) return;
    await new Promise(setImmediate);
    rested = performance.now();
    throwIfStopped();
  };
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new TickmarkError(
    "cancelled",
    "The verification was cancelled.",
    "Nothing was changed; verify again when you want.",
  );
}
