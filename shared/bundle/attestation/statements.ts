import { worstOutcome } from "../../evaluation/item-outcomes.ts";
import type { ObjectId } from "../../model/digest.ts";
import { type AuditRecord, type BundledFile, type ControlTest, controlTests } from "../audit-record.ts";
import { partPaths } from "../bundle-parts.ts";

/* in-toto attestations, Statement v1 (https://github.com/in-toto/attestation/tree/main/spec/v1). */

const statementType = "https://in-toto.io/Statement/v1";
const testResultType = "https://in-toto.io/attestation/test-result/v0.1";
/** What the whole audit came to: a predicate of our own. */
export const auditPredicateType = "urn:x-tickmark:attestation:audit:v1";

export interface ResourceDescriptor {
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

export interface Statement {
  readonly _type: typeof statementType;
  readonly subject: readonly ResourceDescriptor[];
  readonly predicateType: string;
  readonly predicate: unknown;
}

/**
 * Everything that is attested: first the audit as a whole, over the files that state it, then what the controls made of
 * the sampled commits, for whoever decides by commit.
 *
 * @param files of the bundle, without raw evidence: the index of it, which is one of them, has the hash of each record
 */
export function auditStatements(record: AuditRecord, files: readonly BundledFile[]): Statement[] {
  return [wholeAudit(record, files), ...commitStatements(record)];
}

function wholeAudit(record: AuditRecord, files: readonly BundledFile[]): Statement {
  const { engagement, tool, catalog, activityHead, createdAt } = record;
  return {
    _type: statementType,
    subject: files.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: auditPredicateType,
    predicate: {
      engagement: { id: engagement.id, name: engagement.name, entity: engagement.entity, period: engagement.period },
      auditor: engagement.auditor,
      tool,
      createdAt,
      activityHead,
      catalog: { id: catalog.id, version: catalog.version, ...catalogOf(record) },
      conclusions: record.conclusions.map((conclusion) => ({
        control: conclusion.control,
        population: conclusion.population,
        sample: conclusion.drawId,
        basis: conclusion.basis,
        support: conclusion.support,
        tested: conclusion.tested,
        deviations: conclusion.deviations,
        sentence: conclusion.sentence,
      })),
    },
  };
}

function catalogOf({ catalogSha256 }: AuditRecord): ResourceDescriptor {
  return { name: partPaths.catalog, digest: { sha256: catalogSha256 } };
}

/** What each control came to on one item. */
interface ItemTests {
  readonly subject: ResourceDescriptor;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/**
 * Items that the same controls passed and failed share a statement. Missing evidence is a failed test, never a warning: a policy that
 * asks for no failed tests must not let it through. Controls that did not apply are in neither list, and an item that none applied to is
 * in no statement.
 */
function commitStatements(record: AuditRecord): Statement[] {
  const tested = [...itemByItem(controlTests(record))].flatMap(testsOfItem);
  const alike = Map.groupBy(tested, ({ passed, failed }) => JSON.stringify([passed, failed]));
  return [...alike.values()].map((items) => {
    const { passed, failed } = items[0] as ItemTests;
    return {
      _type: statementType,
      subject: withoutRepeats(items.map(({ subject }) => subject)),
      predicateType: testResultType,
      predicate: {
        result: failed.length === 0 ? "PASSED" : "FAILED",
        configuration: [catalogOf(record)],
        passedTests: passed,
        warnedTests: [],
        failedTests: failed,
      },
    };
  });
}

/** The tests of each item together, as they follow each other. */
function* itemByItem(tests: Iterable<ControlTest>): Generator<readonly ControlTest[]> {
  let ofItem: ControlTest[] = [];
  for (const test of tests) {
    const [first] = ofItem;
    if (first !== undefined && (first.item !== test.item || first.sample !== test.sample)) {
      yield ofItem;
      ofItem = [];
    }
    ofItem.push(test);
  }
  yield ofItem;
}

function testsOfItem(tests: readonly ControlTest[]): ItemTests[] {
  const commit = commitOf(tests[0]?.item);
  const outcomes = tests.map(({ control, results }) => ({
    control: control.id,
    outcome: worstOutcome(results.map(({ outcome }) => outcome)),
  }));
  const applicable = outcomes.filter(({ outcome }) => outcome !== "not-applicable");
  if (commit === null || applicable.length === 0) return [];
  const isPassed = ({ outcome }: (typeof outcomes)[number]) => outcome === "pass";
  return [
    {
      subject: { name: tests[0]?.item.id ?? "", digest: { gitCommit: commit } },
      passed: applicable.filter(isPassed).map(({ control }) => control),
      failed: applicable.filter((each) => !isPassed(each)).map(({ control }) => control),
    },
  ];
}

/** The commit that a change or a deployment is of; other items are of none. */
function commitOf(item: ControlTest["item"] | undefined): ObjectId | null {
  return item?.commit === undefined || item.commit === "" ? null : item.commit;
}

function withoutRepeats(subjects: readonly ResourceDescriptor[]): ResourceDescriptor[] {
  return [...new Map(subjects.map((subject) => [subject.name, subject])).values()];
}
