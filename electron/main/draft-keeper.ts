import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { Draft, DraftPlace } from "../../shared/model/draft.ts";
import { replaceJson } from "./replaced-json.ts";

const Kept = Draft.extend({ place: DraftPlace });
type Kept = z.infer<typeof Kept>;

/** Nobody has more forms half written; of more the oldest go. */
const mostKept = 40;

/**
 * Words that were written in the window and not recorded: one file each, so that a crash of the page, of the engine or of all of it
 * takes no more of them than what was typed in the last second.
 */
export class DraftKeeper {
  readonly #folder: string;
  readonly #now: () => string;
  /** Files are written one after the other. */
  #written: Promise<unknown> = Promise.resolve();

  constructor(folder: string, now: () => string) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Null where nothing was left unrecorded. */
  async read(place: string): Promise<Draft | null> {
    await this.#written;
    const kept = readKept(this.#pathOf(place));
    return kept?.place === place ? { text: kept.text, at: kept.at } : null;
  }

  /** @param text null when it was recorded or discarded */
  async keep(place: string, text: string | null): Promise<void> {
    const path = this.#pathOf(place);
    const write = this.#written.then(async () => {
      if (text === null) rmSync(path, { force: true });
      else await replaceJson(path, { place, text, at: this.#now() } satisfies Kept);
      this.#removeOldest();
    });
    this.#written = write.catch(() => undefined);
    await write;
  }

  #removeOldest(): void {
    const paths = listFiles(this.#folder).map((name) => join(this.#folder, name));
    if (paths.length <= mostKept) return;
    const byAge = paths
      .map((path) => ({ path, at: readKept(path)?.at ?? "" }))
      .sort((one, other) => (one.at < other.at ? -1 : 1));
    for (const { path } of byAge.slice(0, byAge.length - mostKept)) rmSync(path, { force: true });
  }

  #pathOf(place: string): string {
    return join(this.#folder, `${createHash("sha256").update(place).digest("hex")}.json`);
  }
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing was kept yet.
    return [];
  }
}

function readKept(path: string): Kept | null {
  try {
    return Kept.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // Absent or damaged: there is nothing that could be offered.
    return null;
  }
}
