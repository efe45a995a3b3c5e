import type { Instant } from "../../model/instant.ts";
import type { Unreadable } from "../json-evidence.ts";

export function isUnreadable(time: Instant | null | Unreadable): time is Unreadable {
  return typeof time === "object" && time !== null;
}
