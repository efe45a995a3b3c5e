/**
 * The steps that one assertion may take on one item. A catalog may come from anybody, and lists within lists within lists
 * would keep the program busy for days. Steps are counted and not timed: the same item and catalog give the same outcome on
 * every machine.
 */
export const mostSteps = 10_000_000;

/** One error for all: CEL goes on after an error in `||` and `exists`, so it may be thrown for each entry of a long list. */
const outOfSteps = new RangeError(`it asks for more than ${mostSteps} steps`);

export class StepCounter {
  #taken = 0;

  get areUsedUp(): boolean {
    return this.#taken > mostSteps;
  }

  restart(): void {
    this.#taken = 0;
  }

  /** @throws RangeError when there are not as many left, and from then on, whatever is asked for */
  take(steps: number): void {
    this.#taken += steps;
    if (this.#taken > mostSteps) throw outOfSteps;
  }
}
