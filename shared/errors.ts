/**
 * Faults: what stops a step. Findings about the audited change are data and never come through here.
 *
 * The union is closed so that a screen, a script and a test can each name the fault that they handle.
 * Every code has the exit status that the command line gives for it: 2 when the person asked for
 * something that cannot be asked, 3 when something outside failed.
 */
const exitStatusByCode = {
  // What was asked cannot be done as asked.
  "usage": 2,
  "period-invalid": 2,
  "time-zone-unknown": 2,
  "plan-invalid": 2,
  "catalog-invalid": 2,
  "source-invalid": 2,
  "source-unknown": 2,
  "mapping-invalid": 2,
  "stage-order": 2,
  "seed-used": 2,
  "sample-size-invalid": 2,
  "sample-exhausted": 2,
  "request-invalid": 2,
  "judgement-refused": 2,
  "sign-off-refused": 2,
  "notes-open": 2,
  "note-not-yours": 2,

  // The engagement file.
  "engagement-missing": 3,
  "engagement-exists": 3,
  "engagement-newer": 3,
  "engagement-corrupt": 3,
  "engagement-busy": 3,
  "engagement-not-open": 3,
  "engagement-read-only": 2,
  "disk-full": 3,
  "file-unreadable": 3,
  "file-unwritable": 3,

  // git.
  "git-missing": 3,
  "git-not-a-repository": 3,
  "git-unknown-branch": 3,
  "git-shallow": 3,
  "git-corrupt": 3,
  "git-clone-failed": 3,
  "git-failed": 3,

  // Servers.
  "secret-missing": 3,
  "keychain-missing": 3,
  "http-unauthorised": 3,
  "http-forbidden": 3,
  "http-not-found": 3,
  "http-rate-limited": 3,
  "http-server-error": 3,
  "http-unexpected-status": 3,
  "http-timeout": 3,
  "http-unreachable": 3,
  "http-truncated": 3,
  "http-not-json": 3,
  "http-redirected-away": 3,
  "response-invalid": 3,

  // Files handed over.
  "file-missing": 3,
  "file-format-unknown": 3,
  "csv-column-missing": 3,
  "record-invalid": 3,

  // Signing and the bundle.
  "identity-missing": 3,
  "identity-invalid": 3,
  "identity-ambiguous": 2,
  "passphrase-wrong": 3,
  "token-module-missing": 3,
  "token-missing": 3,
  "token-pin-wrong": 3,
  "token-failed": 3,
  "timestamp-unavailable": 3,
  "timestamp-refused": 3,
  "timestamp-invalid": 3,
  "bundle-missing": 3,
  "bundle-path-invalid": 3,
  "bundle-not-an-archive": 3,
  "bundle-truncated": 3,
  "bundle-hostile": 3,
  "bundle-too-large": 3,
  "bundle-format-newer": 3,
  "bundle-part-invalid": 3,

  // The program itself.
  "cancelled": 3,
  "engine-stopped": 3,
  "sender-refused": 3,
  "internal": 3,
} as const;

export type ErrorCode = keyof typeof exitStatusByCode;

/** All codes, for schemas and for the test that every code has a message somebody can act on. */
export const errorCodes = Object.keys(exitStatusByCode) as [ErrorCode, ...ErrorCode[]];

/** A fault as it crosses a process border. No stack, no secret. */
export interface Fault {
  readonly code: ErrorCode;
  /** What happened and to what, one sentence. */
  readonly message: string;
  /** What the person can do now, one sentence. */
  readonly action: string;
}

/** The only error that the project throws on purpose. Anything else that is thrown is a bug and shows as `internal`. */
export class TickmarkError extends Error implements Fault {
  override readonly name = "TickmarkError";
  readonly code: ErrorCode;
  readonly action: string;

  /**
   * @param message what happened and to what, one sentence without secrets
   * @param action what to do now, one sentence
   */
  constructor(code: ErrorCode, message: string, action: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.action = action;
  }
}

/** Reads any thrown value as a fault; what was not thrown on purpose becomes `internal`. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof TickmarkError) {
    return { code: thrown.code, message: thrown.message, action: thrown.action };
  }
  return {
    code: "internal",
    message: `Tickmark met an error that it did not expect: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    action: "Nothing was lost. Try again; if it happens again, report it with this message.",
  };
}

/** The command line's exit status for a fault: 2 wrong usage, 3 fault. */
export function exitStatusOf(code: ErrorCode): 2 | 3 {
  return exitStatusByCode[code];
}
