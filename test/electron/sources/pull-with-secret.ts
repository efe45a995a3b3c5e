import { hash } from "node:crypto";
import type { PullOutcome, SourceDriver } from "../../../electron/sources/source-driver.ts";
import type { SourceKind, SourceOf } from "../../../shared/model/source.ts";
import { createPullDouble, Died, type DoubleSettings, type PullDouble } from "./pull-double.ts";

export type Pulled = PullDouble & { readonly outcome: PullOutcome; readonly progress: string[] };

/** Pulls once from a source that asks for a secret. */
export async function pullWithSecret<K extends SourceKind>(
  driver: SourceDriver<K>,
  source: SourceOf<K>,
  secret: string,
  settings: DoubleSettings = {},
): Promise<Pulled> {
  const double = createPullDouble(settings);
  const progress: string[] = [];
  const context = {
    ...double.context,
    readSecret: () => secret,
    report: ({ what, done, total }: { what: string; done: number; total: number | null }) => {
      progress.push(`${what} ${done} of ${total ?? "?"}`);
    },
  };
  const outcome = await driver.pull(source, context);
  return Object.assign(double, { outcome, progress });
}

/** Pulls with a process that dies at every save once, each time going on from the cursor of the one before. */
export async function pullDyingAtEverySave<K extends SourceKind>(
  driver: SourceDriver<K>,
  source: SourceOf<K>,
  secret: string,
  settings: DoubleSettings = {},
): Promise<Pulled & { deaths: number }> {
  let double = createPullDouble(settings);
  for (let deaths = 0; ; deaths++) {
    // The first save of each life says who asks, the second moves on by one step, and the third kills it.
    double = createPullDouble({ ...settings, after: double, dieAtSave: 3 });
    try {
      const outcome = await driver.pull(source, { ...double.context, readSecret: () => secret });
      return Object.assign(double, { outcome, progress: [], deaths });
    } catch (thrown) {
      if (!(thrown instanceof Died)) throw thrown;
    }
  }
}

/** Every text that a pull leaves behind, to look for what must not be in it. */
export function everythingKept({ records, requests, cursor, outcome }: Pulled): string {
  const kept = records.map(({ locator, bytes }) => `${locator}\n${Buffer.from(bytes).toString("latin1")}`);
  return [...kept, JSON.stringify(requests), cursor, JSON.stringify(outcome)].join("\n");
}

/** Answers that were stored more than once. */
export function doubled({ records }: Pick<PullDouble, "records">, ...except: string[]): string[] {
  const seen = new Set<string>();
  return records
    .filter(({ format }) => !except.includes(format))
    .map(({ locator, bytes }) => `${locator} ${hash("sha256", bytes)}`)
    .filter((key) => seen.size === seen.add(key).size);
}
