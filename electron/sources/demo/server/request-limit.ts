/**
 * A limit as the real systems have it: after so many requests one is refused, with the number of seconds to wait, and
 * so are those that do not wait. It strikes once, so that a pull of the demo takes a second longer and not an hour.
 */
export interface RequestLimit {
  /** Seconds to wait, when this request is refused; null when it may pass. */
  check(): number | null;
}

const waitSeconds = 1;

/** @param after number of requests that pass before the refusal; undefined for no limit */
export function limitRequests(after: number | undefined, now: () => number = Date.now): RequestLimit {
  let passed = 0;
  let refusedAt: number | null = null;
  return {
    check() {
      if (after === undefined) return null;
      if (passed < after) {
        passed++;
        return null;
      }
      refusedAt ??= now();
      return now() < refusedAt + waitSeconds * 1000 ? waitSeconds : null;
    },
  };
}
