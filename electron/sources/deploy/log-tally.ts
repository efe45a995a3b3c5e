import { type DeploymentRecord, mappedNames, type readDeploymentLines } from "../../../shared/model/deployment-log.ts";
import type { MappedName } from "../../../shared/model/deployment-mapping.ts";
import { hasFailed, hasSucceeded } from "../../../shared/model/deployment-words.ts";
import type { Instant } from "../../../shared/model/instant.ts";
import type { SourceOf } from "../../../shared/model/source.ts";

type LogSource = SourceOf<"deployment-log">;

/** What a whole log holds, seen before any of it is stored. */
export interface LogSurvey {
  /** Of a CSV file. */
  readonly columns: readonly string[];
  readonly bytes: number;
  readonly lines: number;
  /** Lines that are not empty, or records of a CSV file. */
  readonly expected: number;
  readonly records: number;
  readonly ofService: number;
  readonly inProduction: number;
  readonly environments: ReadonlySet<string>;
  /** Words for how a deployment ended that are known for neither a good nor a bad one: the first ones. */
  readonly unknownEnds: ReadonlySet<string>;
  readonly first: Instant;
  readonly last: Instant;
  /** Why lines could not be read: the first ones, and how many in all. */
  readonly unread: readonly string[];
  readonly unreadCount: number;
  /** Names that are mapped and that no record has a value for. */
  readonly neverThere: readonly MappedName[];
}

const mostNamed = 100;

type ReadLines = ReturnType<typeof readDeploymentLines>;
type Sizes = Pick<LogSurvey, "bytes" | "lines" | "expected">;

/** Counts a log part by part. */
export function createTally(source: LogSource): {
  add(read: ReadLines, sizes: Sizes): void;
  survey(columns: string[]): LogSurvey;
} {
  const sums = { bytes: 0, lines: 0, expected: 0, records: 0, ofService: 0, inProduction: 0, unreadCount: 0 };
  const environments = new Set<string>();
  const unknownEnds = new Set<string>();
  const there = new Set<MappedName>();
  const unread: string[] = [];
  let first = "";
  let last = "";
  const addRecord = ({ at, values }: DeploymentRecord): void => {
    for (const name of mappedNames) if (values[name] !== "") there.add(name);
    if (source.service !== undefined && values.service !== source.service) return;
    sums.ofService += 1;
    if (source.production.includes(values.environment)) sums.inProduction += 1;
    if (environments.size < mostNamed) environments.add(values.environment);
    if (unknownEnds.size < mostNamed && !hasSucceeded(values) && !hasFailed(values)) unknownEnds.add(values.status);
    if (first === "" || at < first) first = at;
    if (at > last) last = at;
  };
  return {
    add(read, { bytes, lines, expected }) {
      sums.bytes += bytes;
      sums.lines += lines;
      sums.expected += expected;
      sums.records += read.records.length;
      sums.unreadCount += read.unread.length;
      for (const { line, reason } of read.unread.slice(0, mostNamed - unread.length))
        unread.push(`line ${line}: ${reason}`);
      for (const record of read.records) addRecord(record);
    },
    survey(columns) {
      const neverThere = mappedNames.filter((name) => source.mapping[name] !== undefined && !there.has(name));
      return { ...sums, columns, environments, unknownEnds, first, last, unread, neverThere };
    },
  };
}
