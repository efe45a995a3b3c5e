import type { Fault } from "../../../../shared/errors.ts";
import type { EvidenceKind } from "../../../../shared/model/coverage.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { ConnectionTest } from "../../../../shared/model/pull.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { JsonClient, Query } from "../../http/json-client.ts";
import type { WantedBranches } from "../../wanted-branches.ts";
import type { Asking } from "./asking.ts";

/** A question that can be kept in a cursor and asked again. */
export interface Question {
  /** Relative to the host's base address. */
  readonly path: string;
  readonly query: Query;
}

/** A list that a host gives page by page. */
export interface HostList {
  readonly first: Question;
  readonly format: EvidenceFormat;
  /** The rows of a page. @throws response-invalid */
  rows(answer: JsonAnswer): readonly unknown[];
  /** The question for the page that follows; null after the last. */
  next(answer: JsonAnswer, asked: Question, rows: number): Question | null;
  /** The host's own count of the whole list; absent where it never tells one. */
  total?(answer: JsonAnswer): number | null;
}

/** One kind of thing that a host lists, each fetched with what hangs on it. */
export interface Stage {
  /** Plural, as the reader of an IPE record sees it: "merge requests". */
  readonly name: string;
  readonly list: HostList;
  /**
   * `number`: keys begin with the project's own rising numbers. Such a list is read again until a reading finds nothing
   * new, so a row that moves between pages is neither lost nor doubled. `text`: anything else, in a list that is in
   * order of creation, where rows only come in at one end; a row that slipped to the next page is taken once.
   */
  readonly keys: "number" | "text";
  /** @throws response-invalid when the row has none */
  key(row: unknown): string;
  /** Rows that are listed but lie outside of what is audited; without it all are wanted. */
  isWanted?(row: unknown): boolean;
  /** True when nothing that follows this page can be wanted: the list is in order and has passed the window. */
  isPast?(rows: readonly unknown[]): boolean;
  /** What hangs on one row, stored together with it in one step. */
  details?(key: string, ask: Asking): Promise<void>;
  /** The host may refuse it: then it is told as not readable, and what it covers is not covered. */
  readonly mayBeRefused?: boolean;
  /** True for a refusal that says that there is nothing, and not that it may not be read. */
  isAbsent?(fault: Fault): boolean;
}

/** Who asks, as the host knows the account, and with what rights. */
export interface HostIdentity extends ConnectionTest {
  readonly answers: readonly JsonAnswer[];
}

/** What is asked of a host, in which order, and what its answers cover. */
export interface HostPlan {
  readonly client: JsonClient;
  /** For the IPE record. */
  readonly endpoint: string;
  readonly query: string;
  /** Format of answers that are kept for the IPE record only. */
  readonly otherFormat: EvidenceFormat;
  /** @throws source-invalid when the project has no such branch, http-* */
  identify(): Promise<HostIdentity>;
  readonly stages: readonly Stage[];
  /** A kind is covered when none of these, stages or groups of details, was refused. */
  readonly covers: readonly {
    readonly kind: EvidenceKind;
    readonly by: readonly string[];
    readonly snapshot?: boolean;
  }[];
  /** Release branches that are given by patterns; a pull that finds no request into any of them says so. */
  readonly branches: WantedBranches;
  /** How completeness was made sure where the host tells no total, and other words for the reader. */
  readonly notes: readonly string[];
}
