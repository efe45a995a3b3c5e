import { dirname, join } from "node:path";
import { TickmarkError } from "../../shared/errors.ts";
import type { EventName, EventOf } from "../../shared/ipc/contract.ts";
import type { Instant } from "../../shared/model/instant.ts";
import type { BrowsedBundle } from "../../shared/model/view.ts";
import type { ReadableEngagement, WritableEngagement } from "../store/engagement-file.ts";

export type Emit = <E extends EventName>(event: E, payload: EventOf<E>) => void;

interface Open {
  readonly store: ReadableEngagement;
  /** Null where a bundle is browsed. */
  readonly writable: WritableEngagement | null;
  readonly path: string;
  readonly browsed: BrowsedBundle | null;
}

/** What is open in this engine: at most one engagement, and at most one long step on it. */
export class Session {
  readonly emit: Emit;
  #open: Open | undefined;
  #work: AbortController | undefined;
  #onClose: (() => Promise<void>)[] = [];
  #made: { readonly head: string; readonly values: Map<string, unknown> } = { head: "", values: new Map() };

  constructor(emit: Emit) {
    this.emit = emit;
  }

  /** @throws engagement-not-open */
  get store(): ReadableEngagement {
    return this.#require().store;
  }

  /** The store, for whoever changes something. @throws engagement-not-open, engagement-read-only */
  get writable(): WritableEngagement {
    const { writable } = this.#require();
    if (writable) return writable;
    throw readOnly();
  }

  /** The bundle that is browsed in the place of an engagement; null where there is none. */
  get browsed(): BrowsedBundle | null {
    return this.#open?.browsed ?? null;
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

  // Not by instantOf: with the schema beside it comes the parser, which an engine that starts does without.
  now(): Instant {
    return new Date().toISOString();
  }

  async adopt(store: WritableEngagement, path: string): Promise<void> {
    await this.close();
    this.#open = { store, writable: store, path, browsed: null };
  }

  /** @param store of what a verified bundle states; whoever closes it removes it */
  async browse(store: ReadableEngagement, path: string, browsed: BrowsedBundle): Promise<void> {
    await this.close();
    this.#open = { store, writable: null, path, browsed };
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

  #require(): Open {
    if (this.#open) return this.#open;
    throw new TickmarkError("engagement-not-open", "No engagement is open.", "Open or create one first.");
  }
}

/** The fault of whatever would change a bundle. */
export function readOnly(): TickmarkError {
  return new TickmarkError(
    "engagement-read-only",
    "A bundle is open to be looked at, and nothing in it can be changed.",
    "Close it, and open the engagement that it was exported from.",
  );
}

/** What a signal throws names no step, and is no fault. */
function stopped(cause: unknown): TickmarkError {
  return new TickmarkError("cancelled", "The step was cancelled.", "Start it again when you want.", { cause });
}
