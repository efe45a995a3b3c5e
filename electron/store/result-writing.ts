import { TickmarkError } from "../../shared/errors.ts";
import type { TestedControl, Verdict } from "../../shared/model/tested-control.ts";
import { type Connection, inOneStep } from "./connection.ts";
import { writeJson } from "./json-column.ts";
import { letterOf } from "./verdict-letters.ts";

/** The verdicts of the controls being tested on one item, in the order in which they were announced, by assertion. */
export type ItemVerdicts = readonly (readonly Verdict[])[];

/** Controls of a draw on their way into the file. Until `finish` nothing of them is seen, and earlier results stand. */
export interface TestingInWriting {
  /** Keeps the verdicts of the next items, which come in the order of the draw. */
  save(items: readonly ItemVerdicts[]): void;
  /**
   * Puts the new results in the place of earlier ones. `catalog` names all controls that count, in their order: those not
   * tested anew keep their results, and others lose them.
   * @throws internal when an item of the draw has no verdicts of a control
   */
  finish(catalog: readonly string[]): void;
}

export interface ResultWriting {
  /** @throws request-invalid for an unknown draw */
  beginTesting(
    drawId: string,
    controls: readonly { readonly tested: TestedControl; readonly basis: string }[],
  ): TestingInWriting;
}

export function writeResults(database: Connection): ResultWriting {
  const find = database.prepare<[string], { number: number; size: number }>(
    `SELECT number, (SELECT count(*) FROM drawn_item t WHERE t.draw = d.number) AS size FROM draw d WHERE id = ?`,
  );
  const begin = database.prepare("INSERT INTO testing (draw) VALUES (?)");
  const insertVerdict = database.prepare("INSERT INTO verdict VALUES (?, ?, ?)");
  const insertControl = database.prepare("INSERT INTO tested_control VALUES (?, ?, 0, ?, ?, ?, ?, ?)");
  const controlsOf = database.prepare<[number], string>("SELECT control FROM tested_control WHERE draw = ?").pluck();
  const removeControl = database.prepare("DELETE FROM tested_control WHERE draw = ? AND control = ?");
  const arrange = database.prepare("UPDATE tested_control SET place = ? WHERE draw = ? AND control = ?");
  const unused = database
    .prepare<[number], number>(
      `SELECT number FROM testing t WHERE draw = ?
       AND NOT EXISTS (SELECT 1 FROM tested_control c WHERE c.testing = t.number)`,
    )
    .pluck();
  const removeVerdicts = database.prepare("DELETE FROM verdict WHERE testing = ?");
  const removeTesting = database.prepare("DELETE FROM testing WHERE number = ?");

  function removeUnused(draw: number): void {
    for (const number of unused.all(draw)) {
      removeVerdicts.run(number);
      removeTesting.run(number);
    }
  }

  return {
    beginTesting(drawId, controls) {
      const draw = find.get(drawId);
      if (!draw) {
        throw new TickmarkError(
          "request-invalid",
          `There is no draw "${drawId}" in the draw log.`,
          "Draw a sample first.",
        );
      }
      const testing = inOneStep(database, () => {
        // Of an evaluation that was cancelled, or that ended with the program.
        removeUnused(draw.number);
        return begin.run(draw.number).lastInsertRowid;
      });
      const letters = controls.map((): string[] => []);
      let saved = 0;
      return {
        save(items) {
          inOneStep(database, () => {
            for (const verdicts of items) {
              insertVerdict.run(testing, saved, writeJson(verdicts.map((own) => own.map(({ reason }) => reason))));
              saved += 1;
            }
          });
          for (const [slot, { tested }] of controls.entries())
            letters[slot]?.push(items.map((verdicts) => lettersOf(tested, verdicts[slot])).join(""));
        },
        finish(catalog) {
          inOneStep(database, () => {
            if (controls.length > 0 && saved !== draw.size) throw incomplete(drawId);
            const anew = new Set(controls.map(({ tested }) => tested.control));
            for (const control of controlsOf.all(draw.number))
              if (anew.has(control) || !catalog.includes(control)) removeControl.run(draw.number, control);
            for (const [slot, { tested, basis }] of controls.entries()) {
              const all = letters[slot]?.join("");
              insertControl.run(draw.number, tested.control, testing, slot, basis, writeJson(tested), all);
            }
            for (const [place, control] of catalog.entries()) arrange.run(place, draw.number, control);
            removeUnused(draw.number);
          });
        },
      };
    },
  };
}

/** Outcomes are found by their place: there is one for each assertion. */
function lettersOf({ control, assertions }: TestedControl, verdicts: readonly Verdict[] = []): string {
  if (verdicts.length === assertions.length) return verdicts.map(({ outcome }) => letterOf(outcome)).join("");
  throw incomplete(control);
}

function incomplete(what: string): TickmarkError {
  return new TickmarkError(
    "internal",
    `Only a part of ${what} was evaluated.`,
    "Its earlier results stand. Evaluate again; if it happens again, report it with this message.",
  );
}
