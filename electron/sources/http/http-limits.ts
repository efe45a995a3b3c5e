/** How patient the HTTP layer is. Every number bounds something that a server could otherwise stretch without end. */
export interface HttpLimits {
  /** For one answer, from the first byte asked to the last byte received. */
  readonly timeoutMs: number;
  /** Tries of one request, the first included. */
  readonly attempts: number;
  /** Wait before the second try; it doubles from try to try, with jitter. */
  readonly backoffMs: number;
  readonly longestBackoffMs: number;
  /** Longest wait that a server may ask for. Beyond it the pull stops, so that it can be resumed later. */
  readonly longestWaitMs: number;
  readonly largestAnswerBytes: number;
}

/** GitHub gives its quota back within the hour, so an unattended pull that may wait a little longer gets through. */
export const pullLimits: HttpLimits = {
  timeoutMs: 30_000,
  attempts: 5,
  backoffMs: 500,
  longestBackoffMs: 30_000,
  longestWaitMs: 65 * 60_000,
  largestAnswerBytes: 64 * 1024 * 1024,
};

/** For a connection test somebody is waiting. */
export const testLimits: HttpLimits = { ...pullLimits, attempts: 2, longestWaitMs: 5_000 };
