import { dirname, join } from "node:path";
import { TickmarkError } from "../../shared/errors.ts";
import type { EventName, EventOf } from "../../shared/ipc/contract.ts";
import { type Instant, instantOf } from "../../shared/model/instant.ts";
import type { WritableEngagement } from "../store/engagement-file.ts";

export type Emit = <E extends EventName>(event: E, payload: EventOf<E>) => void;

/** What is open in this engine: at most one engagement, and at most one long step on it. */
export class Session {
  readonly emit: Emit;
  #open: { store: WritableEngagement; path: string } | undefined;
  #work: AbortController | undefined;
  #onClose: (() => Promise<void>)[] = [];
  #made: { readonly head: string; readonly values: Map<string, unknown> } = { head: "", values: new Map() };

  constructor(emit: Emit) {
    this.emit = emit;
  }

  /** @throws engagement-not-open */
  get store(): WritableEngagement {
    return this.#require().store;
  }

  get path(): string {
    return this.#require().path;
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Sources' relative paths start here. */
  get baseFolder(): string {
    return dirname(this.path);
  }

  /** Clones are kept here from pull to pull. */
  get workFolder(): string {
    return join(this.baseFolder, `${this.path.slice(this.baseFolder.length + 1)}-sources`);
  }

  now(): Instant {
    return instantOf(Date.now());
  }

  async adopt(store: WritableEngagement, path: string): Promise<void> {
    await this.close();
    this.#open = { store, path };
  }

  /** Runs when the engagement is closed: the demo's own server ends with it. */
  atClose(end: () => Promise<void>): void {
    this.#onClose.push(end);
  }

  /**
   * Runs the one long step at a time, which `cancel` stops.
   * @throws stage-order when another step runs
   */
  async work<T>(step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#work) {
      throw new TickmarkError(
        "stage-order",
        "Another step is still running on this engagement.",
        "Wait for it, or cancel it.",
      );
    }
    this.#work = new AbortController();
    const { signal } = this.#work;
    try {
      return await step(signal);
    } catch (error) {
      throw signal.aborted && !(error instanceof TickmarkError) ? stopped(error) : error;
    } finally {
      this.#work = undefined;
      // A step that was stopped may have written results and logged nothing.
      this.#made = { head: "", values: new Map() };
      this.emit("engagement-changed", {});
    }
  }

  /**
   * Something that follows from the engagement alone, worked out once and kept until anything is done in it: every act is an
   * entry of the activity log.
   */
  memo<T>(what: string, make: () => T): T {
    const { hash } = this.store.activityHead();
    if (this.#made.head !== hash) this.#made = { head: hash, values: new Map() };
    const { values } = this.#made;
    if (!values.has(what)) values.set(what, make());
    return values.get(what) as T;
  }

  cancel(): boolean {
    this.#work?.abort();
    return this.#work !== undefined;
  }

  async close(): Promise<void> {
    this.#work?.abort();
    const open = this.#open;
    // Whatever closing meets, nothing is open afterwards: the store says what is left to do about a full disk.
    this.#open = undefined;
    for (const end of this.#onClose.splice(0)) await end();
    open?.store.close();
  }

  #require(): { store: WritableEngagement; path: string } {
    if (this.#open) return this.#open;
    throw new TickmarkError("engagement-not-open", "No engagement is open.", "Open or create one first.");
  }
}

/** What a signal throws names no step, and is no fault. */
function stopped(cause: unknown): TickmarkError {
  return new TickmarkError("cancelled", "The step was cancelled.", "Start it again when you want.", { cause });
}
