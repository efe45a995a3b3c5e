import type { BrowserWindow } from "electron";
import { type EventName, type EventOf, events } from "../../shared/ipc/contract.ts";
import { eventChannel } from "../../shared/ipc/process-protocol.ts";

/** Sends an event to the window if there is one; an event that the contract does not know is a bug and is dropped loudly. */
export function sendEvent<E extends EventName>(window: BrowserWindow | undefined, event: E, payload: EventOf<E>): void {
  const parsed = Object.hasOwn(events, event) ? events[event].safeParse(payload) : undefined;
  if (!parsed?.success) {
    console.error(`The event "${event}" is not as agreed and was dropped.`);
    return;
  }
  if (window && !window.isDestroyed()) {
    window.webContents.send(eventChannel, { event, payload: parsed.data });
  }
}
