/** A commit on the release branch's first-parent line. */
export interface LineCommit {
  readonly id: string;
  /** Its committer date, seconds since 1970. */
  readonly date: number;
}

/** A stretch of the line, its ends included. */
export interface LineStretch {
  readonly newest: string;
  readonly oldest: string;
  /** Commits in it. */
  readonly length: number;
  /** The line's commit just before it; null when it begins with the line. */
  readonly base: string | null;
}

/**
 * Chooses the stretch of a line whose commits may belong to a span of time, from committer dates alone.
 *
 * These dates are written by whoever makes the commit. So a stretch reaches from the first to the last commit dated
 * inside, whatever is dated otherwise between them; and at its ends it takes in those neighbours whose own date does
 * not place them outside on that side: after its newest commit those dated earlier, before its oldest those dated later.
 *
 * Commits come newest first, as they lie on the line.
 */
export function createStretchFinder(
  from: number,
  to: number,
): { add(commit: LineCommit): void; found(): LineStretch | null } {
  let position = 0;
  // Newest commit of the unbroken run, down to the present one, of commits not dated after the span.
  let runStart: { id: string; position: number } | null = null;
  let newest: { id: string; position: number } | null = null;
  let oldest: { id: string; position: number; base: string | null } | null = null;
  let justTaken = false;
  return {
    add({ id, date }) {
      if (oldest && justTaken) oldest.base = id;
      runStart = date >= to ? null : (runStart ?? { id, position });
      const inside = date >= from && date < to;
      if (inside && !newest) newest = runStart;
      // Behind the oldest one inside, commits dated too late join as long as the run of them is unbroken.
      justTaken = inside || (justTaken && date >= to);
      if (justTaken) oldest = { id, position, base: null };
      position += 1;
    },
    found() {
      if (!newest || !oldest) return null;
      const { id, base } = oldest;
      return { newest: newest.id, oldest: id, length: oldest.position - newest.position + 1, base };
    },
  };
}
