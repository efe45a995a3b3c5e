import type { Instant } from "../../../shared/model/instant.ts";

export const linkKinds = ["ticket", "commit", "review", "build", "deployment"] as const;
/** A link of a change or deployment; `item` is all of an item that stands for itself, such as a week or an access event. */
export type LinkKind = (typeof linkKinds)[number] | "item";

export type Clock = "host" | "committer" | "ticket-system" | "ci" | "deployment-log";

/** One event or statement on a link. */
export interface Entry {
  readonly text: string;
  /** Null for a statement that has no time of its own. */
  readonly at: Instant | null;
  readonly clock: Clock | null;
  /** Account as the evidence writes it; empty where it names none. */
  readonly account: string;
  /** Something that a reader should not overlook. */
  readonly isOdd?: boolean;
}
