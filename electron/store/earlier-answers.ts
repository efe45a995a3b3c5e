import type { Instant } from "../../shared/model/instant.ts";
import type { Connection } from "./connection.ts";
import { type ContentNumber, createContentReader } from "./content.ts";
import { listReadPulls } from "./read-pulls.ts";

/** What the last complete pull of a source received, so that its servers can be asked what is still the same. */
export interface EarlierAnswers {
  readonly pullId: string;
  readonly finishedAt: Instant;
  /** The answer to the same question, where it was kept with what a server needs to say "unchanged"; null otherwise. */
  find(asked: string): { readonly headers: Record<string, string>; read(): Uint8Array } | null;
}

export interface EarlierReading {
  /** Null when the source has no complete pull. Good until it is asked for again. */
  earlierAnswers(sourceId: string): EarlierAnswers | null;
  /** How many questions of a pull the server answered with "unchanged". */
  countUnchanged(pullId: string): number;
}

/**
 * The table lives as long as the connection and only in its temporary storage: the file itself needs no index for a
 * search that only pulls make.
 */
const gather = `
DROP TABLE IF EXISTS temp.earlier_answer;
CREATE TEMP TABLE earlier_answer (asked TEXT PRIMARY KEY, headers TEXT NOT NULL, sha256 BLOB NOT NULL) STRICT, WITHOUT ROWID;`;
const fill = `
INSERT OR REPLACE INTO temp.earlier_answer (asked, headers, sha256)
SELECT json ->> '$.asked', json -> '$.headers', unhex(json ->> '$.sha256') FROM main.request
WHERE pull = ? AND json ->> '$.sha256' IS NOT NULL
AND (json ->> '$.headers.etag' IS NOT NULL OR json -> '$.headers' ->> 'last-modified' IS NOT NULL)
ORDER BY sequence`;

export function readEarlierAnswers(database: Connection): EarlierReading {
  const readContent = createContentReader(database);
  const unchanged = database
    .prepare<[string], number>(
      `SELECT count(*) FROM request r JOIN pull p ON p.number = r.pull
       WHERE p.id = ? AND r.json ->> '$.status' = 304`,
    )
    .pluck();
  const finishedAt = database.prepare<[number], Instant>("SELECT finished_at FROM pull WHERE number = ?").pluck();
  return {
    earlierAnswers(sourceId) {
      const [pull] = listReadPulls(database, sourceId);
      if (pull === undefined) return null;
      database.exec(gather);
      database.prepare(fill).run(pull.number);
      const find = database.prepare<[string], { headers: string; number: ContentNumber }>(
        `SELECT e.headers, c.number FROM temp.earlier_answer e JOIN main.content c ON c.sha256 = e.sha256
         WHERE e.asked = ?`,
      );
      return {
        pullId: pull.id,
        finishedAt: finishedAt.get(pull.number) ?? "",
        find(asked) {
          const row = find.get(asked);
          if (row === undefined) return null;
          return {
            headers: JSON.parse(row.headers) as Record<string, string>,
            read: () => readContent(row.number),
          };
        },
      };
    },
    countUnchanged: (pullId) => unchanged.get(pullId) ?? 0,
  };
}
