import type { Migration } from "./migration.ts";

/*
 * A draw may follow another one: the second stage of a plan, an expansion, or a replacement. It goes on with the seed of
 * the draw that it follows, and with no other; each item is replaced once. Programs that know version 1 only do not know
 * such draws, nor other methods than by rank: for them the file is newer.
 */
const change = `
ALTER TABLE draw ADD COLUMN follows INTEGER REFERENCES draw (number);
ALTER TABLE draw ADD COLUMN replaces TEXT;

DROP INDEX draw_seed;
CREATE UNIQUE INDEX draw_seed ON draw (population, seed) WHERE seed <> '' AND follows IS NULL;
CREATE UNIQUE INDEX draw_replaced ON draw (follows, replaces) WHERE replaces IS NOT NULL;

CREATE TRIGGER draw_follows_initial BEFORE INSERT ON draw
WHEN NEW.follows IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM draw d
  WHERE d.number = NEW.follows AND d.follows IS NULL
    AND d.freeze = NEW.freeze AND d.population = NEW.population AND d.seed = NEW.seed
)
BEGIN SELECT RAISE(ABORT, 'a draw follows an initial one of the same population and seed'); END;
`;

export const followingDraws: Migration = {
  version: 2,
  name: "following-draws",
  change: (database) => void database.exec(change),
};
