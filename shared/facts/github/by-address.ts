import type { HostElementReader } from "../code-host/host-pages.ts";
import { alertReader } from "./alert-reader.ts";
import { analysisReader } from "./analysis-reader.ts";
import { jobReader, runReader } from "./build-reader.ts";
import { checkRunReader, statusReader } from "./check-reader.ts";
import { commentReader } from "./comment-reader.ts";
import { deploymentReader, deploymentStatusReader, runApprovalReader } from "./deployment-reader.ts";
import { graphqlDeploymentReader } from "./graphql-deployments.ts";
import { branchReader, protectionReader } from "./protection-reader.ts";
import { pullCommitReader } from "./pull-commit-reader.ts";
import { pullReader } from "./pull-reader.ts";
import { reviewReader } from "./review-reader.ts";
import { timelineReader } from "./timeline-reader.ts";

/** An answer that holds no fact, or whose elements others have too. */
const nothing: HostElementReader = () => () => [];

const readers: readonly [pattern: RegExp, reader: HostElementReader][] = [
  [/\/pulls$/, ({ repository }) => pullReader(repository)],
  [/\/pulls\/\d+$/, ({ repository }) => pullReader(repository)],
  [/\/pulls\/\d+\/reviews$/, ({ repository, request }) => reviewReader(repository, request)],
  [/\/pulls\/\d+\/commits$/, ({ repository, request }) => pullCommitReader(repository, request)],
  [/\/pulls\/(\d+\/)?comments$/, commentReader],
  [/\/issues\/(\d+\/)?comments$/, commentReader],
  [/\/issues\/\d+\/timeline$/, timelineReader],
  [/\/check-runs(\/\d+)?$/, checkRunReader],
  [/\/commits\/[^/]+\/statuses$/, statusReader],
  [/\/actions\/runs(\/\d+)?$/, ({ repository }) => runReader(repository)],
  [/\/actions\/runs\/\d+\/jobs$/, ({ repository }) => jobReader(repository)],
  [/\/actions\/runs\/\d+\/approvals$/, runApprovalReader],
  [/\/deployments(\/\d+)?$/, deploymentReader],
  [/\/deployments\/\d+\/statuses(\/\d+)?$/, deploymentStatusReader],
  [/\/code-scanning\/alerts(\/\d+)?$/, alertReader],
  [/\/code-scanning\/analyses(\/\d+)?$/, analysisReader],
  [/\/branches\/[^/]+$/, branchReader],
  [/\/branches\/[^/]+\/protection$/, protectionReader],
  [/^query\b.*\bdeployments\(/s, graphqlDeploymentReader],
  [/\/users\/[^/]+$|\/issues(\/\d+)?$|\/repos\/[^/]+\/[^/]+$|\/repositories\/\d+$|\/status$/, nothing],
];

/** The reader for an element of the answer at an address, or of the answer to a GraphQL question. */
export function readerAt(path: string): HostElementReader | undefined {
  return readers.find(([pattern]) => pattern.test(path))?.[1];
}
