import type { BundleContents } from "../bundle/bundle-contents.ts";
import { faultOf } from "../errors.ts";
import type { Digest } from "../model/digest.ts";
import { type Check, type CheckId, failed, notPossible } from "../model/verification-report.ts";
import { checkActivityLog } from "./activity-check.ts";
import { type BundleStatements, readStatements } from "./bundle-reading.ts";
import { checkCompleteness } from "./completeness-check.ts";
import { checkConclusions } from "./conclusion-check.ts";
import { checkDraws } from "./draw-check.ts";
import { answerForEarlier, hasOtherFields, unread } from "./earlier-format.ts";
import { checkEvidence, checkGitObjects, type ObjectIdOf } from "./evidence-check.ts";
import { checkFacts, checkReconciliation, rebuildFromEvidence } from "./fact-check.ts";
import { checkJudgements, standingIn } from "./judgement-check.ts";
import { type Pace, throwIfStopped, unwatched } from "./pace.ts";
import { checkPeople } from "./people-check.ts";
import { checkPopulation } from "./population-check.ts";
import { answerForRedacted } from "./redacted-reperformance.ts";
import { checkResults } from "./result-check.ts";
import { checkSignOffs } from "./sign-off-check.ts";
import { readWeeks } from "./stated-views.ts";

export interface Reperforming {
  readonly digest: Digest;
  /** Id that git gives a commit with this content: by SHA-1, or SHA-256 in a repository of that kind. */
  readonly commitIdOf: ObjectIdOf;
  readonly pace?: Pace;
  /** Holds documents and attestations against the data, when that comes out the same; without it nobody looks at them. */
  readonly checkDocuments?: (contents: BundleContents, statements: BundleStatements) => Promise<readonly Check[]>;
}

/**
 * Does the audit again from the bundle alone: chain, git objects, evidence, population, draw, facts, results and
 * conclusions, by the same functions that made them, and compares. It opens nothing but the bundle.
 */
export async function reperform(contents: BundleContents, by: Reperforming): Promise<Check[]> {
  const pace = by.pace ?? unwatched;
  let statements: BundleStatements;
  try {
    statements = await readStatements(contents);
  } catch (error) {
    throwIfStopped(error);
    // A bundle whose own statements nobody can read states nothing that could be relied on.
    return [
      failed("facts", faultOf(error).message),
      ...others.map((id) => notPossible(id, "The bundle's statements cannot be read.")),
    ];
  }
  const checks = await checkData(contents, statements, by, pace);
  const forRedacted = (check: Check) => answerForRedacted(check, statements.redactions, evidenceOf(statements));
  const forEarlier = (check: Check) => answerForEarlier(check, contents.manifest);
  const answers = checks.map(forRedacted);
  if (hasOtherFields(contents.manifest)) return [...answers, ...unread];
  const other = answers.find(({ outcome }) => outcome === "failed");
  const documents =
    by.checkDocuments === undefined || other
      ? documentIds.map((id) => notPossible(id, other ? notTheSame(other) : notAsked))
      : await by.checkDocuments(contents, statements);
  return [...answers, ...documents.map(forRedacted)].map(forEarlier);
}

/** By itself, so that what is rebuilt from the evidence is let go before documents are written from what is stated. */
async function checkData(
  contents: BundleContents,
  statements: BundleStatements,
  by: Reperforming,
  pace: Pace,
): Promise<Check[]> {
  const checks: Check[] = [];
  checks.push(checkActivityLog(statements, contents.manifest.activityHead, by.digest));
  checks.push(await checkGitObjects(statements, by.commitIdOf));
  checks.push(await checkEvidence(statements, by.digest));
  checks.push(checkPopulation(statements, by.digest));
  checks.push(checkDraws(statements, by.digest));
  if (hasOtherFields(contents.manifest)) return checks;
  const rebuilt = await rebuildFromEvidence(statements, pace);
  checks.push(checkPeople(statements, rebuilt));
  checks.push(await checkFacts(statements, rebuilt, pace));
  checks.push(checkReconciliation(statements, rebuilt, await readWeeks(contents)));
  checks.push(checkCompleteness(statements, rebuilt, by.digest));
  checks.push(await checkResults(statements, pace));
  checks.push(checkJudgements(statements, by.digest));
  checks.push(checkConclusions(statements, standingIn(statements, by.digest).judgements));
  checks.push(checkSignOffs(statements, by.digest));
  return checks;
}

const documentIds = ["documents", "attestations"] as const;
const notAsked = "Nobody asked to write the documents again.";
const notTheSame = ({ title }: Check) =>
  `The data itself does not come out the same (“${title}”), so that nothing can be held against it.`;

/** Hashes of the records that an item rests on, by its id. */
function evidenceOf({ items }: BundleStatements): (item: string) => ReadonlySet<string> {
  const uses = new Map([...items.values()].flat().map(({ id, evidence }) => [id, evidence]));
  return (item) => new Set((uses.get(item) ?? []).map(({ evidence }) => evidence));
}

const others: readonly CheckId[] = [
  "activity-log",
  "git-objects",
  "evidence",
  "population-digest",
  "draw",
  "people",
  "reconciliation",
  "completeness",
  "results",
  "judgements",
  "conclusions",
  "sign-offs",
  "documents",
  "attestations",
];
