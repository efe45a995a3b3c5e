import type { Procedure } from "../../shared/ipc/contract.ts";

/** Steps that take long on a large engagement, and what they are called when they have ended. */
const longSteps: Partial<Record<Procedure, string>> = {
  "pull.run": "The pull",
  "population.freeze": "Freezing the population",
  "evaluation.run": "The evaluation",
  "export.write": "The export",
  "bundle.verify": "The verification",
  "bundle.browse": "Opening the bundle",
  "engagement.create-demo": "Making the demo engagement",
};

export interface WorkSigns {
  /** How far the work is, from 0 to 1; 2 while nobody can tell; -1 when none runs. As Electron's taskbar takes it. */
  showProgress(share: number): void;
  /** A step of this name ended, which took so long that the person may have turned to something else. */
  tellEnd(step: string, succeeded: boolean): void;
}

/** Shorter steps end before anybody looks away. */
const tellingMs = 10_000;

/** Knows which long steps run, so that the taskbar shows them, their end is told, and no window closes over them unasked. */
export class RunningWork {
  readonly #running = new Map<symbol, string>();
  readonly #signs: WorkSigns;
  readonly #now: () => number;

  constructor(signs: WorkSigns, now: () => number = Date.now) {
    this.#signs = signs;
    this.#now = now;
  }

  /** Names of the long steps that run, in words. */
  get steps(): string[] {
    return [...this.#running.values()];
  }

  /** Runs a call, and watches it where its procedure takes long. */
  async watch<T>(procedure: string, call: () => Promise<T>): Promise<T> {
    const step = Object.hasOwn(longSteps, procedure) ? longSteps[procedure as Procedure] : undefined;
    if (step === undefined) return call();
    const key = Symbol(step);
    const started = this.#now();
    this.#running.set(key, step);
    this.#signs.showProgress(2);
    let succeeded = false;
    try {
      const value = await call();
      succeeded = true;
      return value;
    } finally {
      this.#running.delete(key);
      if (this.#running.size === 0) this.#signs.showProgress(-1);
      if (this.#now() - started >= tellingMs) this.#signs.tellEnd(step, succeeded);
    }
  }

  /** Progress of whatever runs; the end of a step takes the sign away, not its last progress. */
  progress(done: number, total: number | null): void {
    if (this.#running.size > 0) this.#signs.showProgress(total === null || total === 0 ? 2 : Math.min(1, done / total));
  }
}
