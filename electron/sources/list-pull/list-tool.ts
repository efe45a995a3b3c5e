import type { Coverage } from "../../../shared/model/coverage.ts";
import type { EvidenceFormat, Reading } from "../../../shared/model/evidence.ts";
import type { Instant } from "../../../shared/model/instant.ts";
import type { SourceKind, SourceOf } from "../../../shared/model/source.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import type { HttpLimits } from "../http/http-limits.ts";
import type { JsonClientOptions } from "../http/json-client.ts";
import type { AskingContext, SourceContext } from "../source-driver.ts";
import type { ListCursor, Question } from "./list-cursor.ts";

/** Who asks, as the tool knows the account. */
export interface Identity {
  /** What stays the same as long as the account does. */
  readonly account: string;
  readonly identity: string;
  readonly access: string;
  readonly canWrite: boolean | null;
  readonly notes: readonly string[];
  readonly answers: readonly JsonAnswer[];
}

/** Asks one server. */
export interface ListClient {
  readonly host: string;
  ask(question: Pick<Question, "path" | "query">): Promise<JsonAnswer>;
  /** How a question is written down in the IPE record, where it is not the `GET` of the answer's address. */
  asked?(question: Pick<Question, "path" | "query">): string;
}

/** A question about a record of a list. */
export interface DetailQuestion {
  readonly list: string;
  readonly key: string;
  readonly question: Question;
  /** True where the list ought to have had the record by now, so that it is told when it had not. */
  readonly isLate?: boolean;
}

/** What an answer holds, as far as collecting must know. */
export interface AnswerReading {
  /** Keys of the records in it. */
  readonly keys: readonly string[];
  /** The server's own count of the whole list, where it tells one. */
  readonly total?: number | null;
  /** The list's next page. */
  readonly next?: Question;
  /** Further questions, each about a record: asked unless the list had the record already. */
  readonly details?: readonly DetailQuestion[];
  /** Answers without which this one cannot be read: asked at once and stored together with it. */
  readonly companions?: readonly Question[];
  /** What the companions say that the reader of this answer must know. */
  reading?(companions: readonly JsonAnswer[]): Reading;
  readonly reachesBackTo?: Instant;
  readonly hasGaps?: boolean;
  readonly notes?: readonly string[];
}

/** A kind of evidence, and the lists that must be whole for it: all of them where none is named. */
export type Covered = Pick<Coverage, "kind" | "scope"> & { readonly restsOn?: readonly string[] };

/** A tool whose records come as lists over HTTP: what to ask, and how far an answer leads. */
export interface ListTool<K extends SourceKind> {
  readonly kind: K;
  /** "Argo CD", for messages. */
  readonly name: string;
  /** Format of answers that only the IPE record needs. */
  readonly other: EvidenceFormat;
  connect(
    source: SourceOf<K>,
    context: AskingContext,
    limits: HttpLimits,
    onWait?: JsonClientOptions["onWait"],
  ): ListClient;
  identify(client: ListClient, source: SourceOf<K>, context: SourceContext): Promise<Identity>;
  /** The first questions, in order. */
  begin(source: SourceOf<K>, context: SourceContext): Question[];
  read(question: Question, answer: JsonAnswer, source: SourceOf<K>, context: SourceContext): AnswerReading;
  describe(source: SourceOf<K>, context: SourceContext): { readonly endpoint: string; readonly query: string };
  /** Lists that check another one: every key of the first must have come in the second. */
  readonly checks?: Readonly<Record<string, string>>;
  /** Kinds of evidence that a finished pull covers. */
  covers(source: SourceOf<K>, cursor: ListCursor): readonly Covered[];
  /** What every reader of the IPE record must know. */
  readonly remarks: readonly string[];
}
