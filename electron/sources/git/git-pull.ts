import type { GitCursor } from "./cursor.ts";
import type { Cut } from "./shallow.ts";
import type { WalkFile } from "./walk-file.ts";

/** A pull as far as it is. */
export interface GitPull {
  readonly cut: Cut;
  /** Null: nothing to walk. */
  readonly walk: WalkFile | null;
  readonly cursor: GitCursor;
}
