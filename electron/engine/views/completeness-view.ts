import type { Completeness } from "../../../shared/model/completeness.ts";
import { stateCompleteness } from "../../../shared/population/completeness.ts";
import type { Session } from "../session.ts";

/** The completeness statement as the newest complete pulls give it; null while nothing has been pulled. */
export function viewCompleteness({ store }: Session): Completeness | null {
  const records = store.ipeRecords();
  return records.length === 0 ? null : stateCompleteness(store.engagement().period, store.listSources(), records);
}
