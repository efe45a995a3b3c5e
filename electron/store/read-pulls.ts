import type { Connection } from "./connection.ts";

/** A pull whose evidence is read: the newest complete one of its source. */
export interface ReadPull {
  readonly number: number;
  readonly id: string;
  readonly sourceId: string;
}

/** In the order in which the sources were added; of one source only, when it is named. */
export function listReadPulls(database: Connection, sourceId?: string): ReadPull[] {
  return database
    .prepare<[string | null, string | null], ReadPull>(
      `SELECT p.number, p.id, s.id AS sourceId FROM source s JOIN pull p ON p.source = s.number
       WHERE (? IS NULL OR s.id = ?)
       AND p.number = (SELECT max(number) FROM pull WHERE source = s.number AND state = 'complete')
       ORDER BY s.number`,
    )
    .all(sourceId ?? null, sourceId ?? null);
}
