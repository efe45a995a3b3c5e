import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { Bridge } from "../../shared/ipc/contract.ts";
import { callChannel, eventChannel } from "../../shared/ipc/process-protocol.ts";

type Listener = (payload: unknown) => void;

/** An event that comes before the page listens, such as a file opened from the desktop, waits here. */
const waitingLimit = 100;
const waiting: { event: string; payload: unknown }[] = [];
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(eventChannel, (_, { event, payload }: { event: string; payload: unknown }) => {
  const interested = listeners.get(event);
  if (interested && interested.size > 0) {
    for (const listener of interested) {
      listener(payload);
    }
  } else if (waiting.push({ event, payload }) > waitingLimit) {
    waiting.shift();
  }
});

function listen(event: string, listener: Listener): () => void {
  const interested = listeners.get(event) ?? new Set();
  listeners.set(event, interested.add(listener));
  for (let at = 0; at < waiting.length; ) {
    if (waiting[at]?.event === event) {
      listener(waiting.splice(at, 1)[0]?.payload);
    } else {
      at += 1;
    }
  }
  return () => void interested.delete(listener);
}

/** The typed bridge. Whoever calls is checked in the main process, and so is what it asks. */
const bridge: Bridge = {
  call: (procedure, request) => ipcRenderer.invoke(callChannel, { procedure, request }),
  on: (event, listener) => listen(event, listener as Listener),
  pathForFile: (file) => webUtils.getPathForFile(file as File),
};

contextBridge.exposeInMainWorld("tickmark", bridge);
