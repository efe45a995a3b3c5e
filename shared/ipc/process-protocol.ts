import type { Fault } from "../errors.ts";

/*
 * What the main process and the processes that it starts say to each other, by structured clone. The main process has
 * checked a request with the contract's schema before it sends it on.
 */

/** Main to process. `id` is unique while the process lives. */
export interface CallMessage {
  readonly id: number;
  readonly procedure: string;
  readonly request: unknown;
}

/** Main to process: close what is open and end. */
export interface StopMessage {
  readonly stop: true;
}

/** Process to main. */
export type ReplyMessage =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly fault: Fault };

/** Process to main, at any time. */
export interface EventMessage {
  readonly event: string;
  readonly payload: unknown;
}

/** The channels between window and main process. */
export const callChannel = "tickmark:call";
export const eventChannel = "tickmark:event";
