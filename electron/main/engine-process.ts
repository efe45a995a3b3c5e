import { fork } from "node:child_process";
import { utilityProcess } from "electron";
import { type Fault, TickmarkError } from "../../shared/errors.ts";
import type { EventMessage, ReplyMessage, StopMessage } from "../../shared/ipc/process-protocol.ts";
import { memoryFlags, utilityFlags } from "./memory-flags.ts";
import { nodeOfTests } from "./test-node.ts";

export type ProcessState = "starting" | "ready" | "restarted" | "stopped";

export interface ProcessOptions {
  /** What people call it: "engine", "verifier". */
  readonly name: string;
  /** Its bundled entry. */
  readonly entry: string;
  onEvent(event: string, payload: unknown): void;
  onState(state: ProcessState, sentence: string): void;
}

/** A process of ours at the other end of a channel, whichever way it was started. */
interface Child {
  send(message: unknown): void;
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  readonly pid: number | undefined;
}

interface PendingCall {
  resolve(value: unknown): void;
  reject(reason: TickmarkError): void;
}

const stopLimitMs = 5_000;

/**
 * Runs the engine, or the verifier, and calls it. When it dies, the calls under way are rejected with `engine-stopped`
 * and it is started again; a process that dies before it ever answered is started again only once.
 */
export class EngineProcess {
  readonly #options: ProcessOptions;
  readonly #pending = new Map<number, PendingCall>();
  #child: Child | undefined;
  #nextId = 1;
  #hasAnswered = false;
  #startsWithoutAnswer = 0;
  #stopping = false;

  constructor(options: ProcessOptions) {
    this.#options = options;
  }

  /** For tests, which end it. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    this.#startsWithoutAnswer += 1;
    this.#hasAnswered = false;
    const child = startChild(this.#options);
    this.#child = child;
    child.onMessage((message) => this.#receive(message as ReplyMessage | EventMessage));
    child.onExit(() => this.#handleExit(child));
  }

  /** Starts the process if nothing did so far. Rejects with the fault that it answered, or with `engine-stopped`. */
  call(procedure: string, request: unknown): Promise<unknown> {
    if (this.#nextId === 1 && !this.#child) {
      this.start();
    }
    const child = this.#child;
    if (!child) {
      return Promise.reject(this.#stoppedFault());
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      child.send({ id, procedure, request });
    });
  }

  /** Lets the process close its files and end; ends it after five seconds if it does not. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child) {
      return;
    }
    const ended = new Promise<void>((resolve) => child.onExit(resolve));
    const limit = setTimeout(() => child.kill(), stopLimitMs);
    child.send({ stop: true } satisfies StopMessage);
    await ended;
    clearTimeout(limit);
  }

  #receive(message: ReplyMessage | EventMessage): void {
    if ("event" in message) {
      this.#options.onEvent(message.event, message.payload);
      return;
    }
    if (!this.#hasAnswered) {
      this.#hasAnswered = true;
      this.#startsWithoutAnswer = 0;
    }
    const call = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.ok) {
      call?.resolve(message.value);
    } else {
      call?.reject(errorOf(message.fault));
    }
  }

  #handleExit(child: Child): void {
    if (this.#child !== child) {
      return;
    }
    this.#child = undefined;
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    if (!this.#stopping) {
      this.#startAgain();
    }
    for (const call of calls) {
      call.reject(this.#stoppedFault());
    }
  }

  #startAgain(): void {
    const { name, onState } = this.#options;
    if (this.#startsWithoutAnswer > 1) {
      onState("stopped", `The ${name} stopped and could not be started again. Close Tickmark and start it again.`);
      return;
    }
    this.start();
    onState(
      "restarted",
      `The ${name} stopped unexpectedly and was started again. The step in hand was lost; repeat it.`,
    );
  }

  #stoppedFault(): TickmarkError {
    return new TickmarkError(
      "engine-stopped",
      `The ${this.#options.name} stopped before it had answered.`,
      "Everything up to the step in hand is saved. Repeat the step; if it stops again, restart Tickmark.",
    );
  }
}

function errorOf({ code, message, action }: Fault): TickmarkError {
  return new TickmarkError(code, message, action);
}

function startChild({ entry, name }: ProcessOptions): Child {
  const node = nodeOfTests();
  return node ? forkOnNode(node, entry) : forkUtility(name, entry);
}

/** Used where Electron's own Node is too old to load the store, and in tests. */
function forkOnNode(node: string, entry: string): Child {
  const child = fork(entry, [], { execPath: node, execArgv: memoryFlags, serialization: "advanced" });
  const ended = new Promise<void>((resolve) => {
    child.on("exit", () => resolve());
    // A program that cannot be started reports an error and never an exit.
    child.on("error", () => child.pid ?? resolve());
  });
  return {
    pid: child.pid,
    send: (message) => void (child.connected && child.send(message as Record<string, unknown>, () => undefined)),
    kill: () => void child.kill("SIGKILL"),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void ended.then(listener),
  };
}

function forkUtility(name: string, entry: string): Child {
  const child = utilityProcess.fork(entry, [], {
    serviceName: `Tickmark ${name}`,
    stdio: "inherit",
    execArgv: utilityFlags,
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    kill: () => void child.kill(),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", listener),
  };
}
