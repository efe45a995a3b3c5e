import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { Instant } from "../../shared/model/instant.ts";
import type { EngagementView, RecentEngagement } from "../../shared/model/view.ts";
import { replaceJson } from "./replaced-json.ts";

const Kept = z.array(
  z.object({
    path: z.string(),
    name: z.string(),
    entity: z.string(),
    from: z.string(),
    to: z.string(),
    openedAt: Instant,
  }),
);
type Kept = z.infer<typeof Kept>;

const most = 12;

/** Engagements that were open on this installation, the newest first. Nothing of their content is kept. */
export class RecentEngagements {
  readonly #path: string;
  readonly #now: () => string;

  constructor(path: string, now: () => string) {
    this.#path = path;
    this.#now = now;
  }

  list(): RecentEngagement[] {
    return this.#read().map((each) => ({ ...each, isThere: existsSync(each.path) }));
  }

  /** Puts an engagement that was just opened in front. */
  async add({ path, engagement }: EngagementView): Promise<void> {
    const { name, entity, period } = engagement;
    const entry = { path, name, entity, from: period.from, to: period.to, openedAt: this.#now() };
    await this.#write([entry, ...this.#read().filter((each) => each.path !== path)].slice(0, most));
  }

  async forget(path: string): Promise<void> {
    await this.#write(this.#read().filter((each) => each.path !== path));
  }

  #read(): Kept {
    try {
      return Kept.parse(JSON.parse(readFileSync(this.#path, "utf8")));
    } catch {
      // Absent or damaged: a list of conveniences. The engagements themselves are where they are.
      return [];
    }
  }

  async #write(entries: Kept): Promise<void> {
    await replaceJson(this.#path, entries);
  }
}
