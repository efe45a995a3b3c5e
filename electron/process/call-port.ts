import { faultOf, TickmarkError } from "../../shared/errors.ts";
import { isLargerThan } from "../../shared/ipc/payload-size.ts";
import type { CallMessage, EventMessage, ReplyMessage, StopMessage } from "../../shared/ipc/process-protocol.ts";

/** What a process that the main process starts must be able to do. */
export interface CallAnswerer {
  call(procedure: string, request: unknown): Promise<unknown>;
  /** Closes what is open; the process ends afterwards. */
  close(): Promise<void>;
}

interface Port {
  send(message: ReplyMessage | EventMessage): void;
  listen(listener: (message: unknown) => void): void;
  /** Called when the main process is gone. */
  onGone(listener: () => void): void;
}

/** Electron's utility process has a parentPort; Electron's types know it only there, and Node's not at all. */
interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): void;
}

/**
 * Connects this process to the main process that started it and answers its calls until told to stop.
 * @param create is given `emit`, which sends an event to the window
 */
export function answerParent(create: (emit: (event: string, payload: unknown) => void) => CallAnswerer): void {
  const port = openPort();
  const answerer = create((event, payload) => port.send({ event, payload }));
  const stop = (): void => {
    answerer.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  port.listen((message) => {
    if (isStop(message)) {
      stop();
    } else if (isCall(message)) {
      void answer(answerer, message).then((reply) => port.send(reply));
    }
  });
  port.onGone(stop);
}

/** What a window can hold. Lists that can grow are asked for in pages; an answer above this would end the window with it. */
const answerLimitBytes = 256 * 1024 * 1024;

function tooLarge(procedure: string): TickmarkError {
  return new TickmarkError(
    "request-invalid",
    `The answer to ${procedure} is longer than ${answerLimitBytes} bytes, which no window can show.`,
    "Ask for less, by a filter or a search; the command line has all of it.",
  );
}

async function answer(answerer: CallAnswerer, { id, procedure, request }: CallMessage): Promise<ReplyMessage> {
  try {
    const value = await answerer.call(procedure, request);
    if (isLargerThan(value, answerLimitBytes)) throw tooLarge(procedure);
    return { id, ok: true, value };
  } catch (thrown) {
    return { id, ok: false, fault: faultOf(thrown) };
  }
}

/** The utility process's port in the packaged application, Node's own channel under TICKMARK_NODE. */
function openPort(): Port {
  const parentPort = (process as { parentPort?: UtilityParentPort }).parentPort;
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      listen: (listener) => parentPort.on("message", (event) => listener(event.data)),
      // Electron ends its utility processes itself.
      onGone: () => undefined,
    };
  }
  if (!process.send) {
    throw new TickmarkError("usage", "This program is started by Tickmark, not by hand.", "Run npm start.");
  }
  return {
    send: (message) => {
      if (process.connected) {
        process.send?.(message);
      }
    },
    listen: (listener) => process.on("message", listener),
    onGone: (listener) => process.on("disconnect", listener),
  };
}

function isStop(message: unknown): message is StopMessage {
  return typeof message === "object" && message !== null && "stop" in message;
}

function isCall(message: unknown): message is CallMessage {
  return typeof message === "object" && message !== null && "id" in message && "procedure" in message;
}
