import { TickmarkError } from "../errors.ts";

/** How far a verification is, for whoever waits for it; and the places where it can be stopped. */
export interface Pace {
  /** @throws TickmarkError `cancelled` */
  at(what: string, done: number, total: number): Promise<void>;
  /** Amid a piece of work of which nothing is told. @throws TickmarkError `cancelled` */
  rest(): Promise<void>;
}

/** For a verification that nobody watches. */
export const unwatched: Pace = { at: async () => undefined, rest: async () => undefined };

/** A verification that was stopped found nothing: it must never be taken for a finding. */
export function throwIfStopped(error: unknown): void {
  if (error instanceof TickmarkError && error.code === "cancelled") throw error;
}
