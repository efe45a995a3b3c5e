import { judgeResult, standingJudgements } from "../../../../shared/judgement/judging.ts";
import type { AuditException } from "../../../../shared/model/audit-exception.ts";
import { effectOf, type Judgement } from "../../../../shared/model/judgement.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Outcome, Result } from "../../../../shared/model/result.ts";
import type { SignOff } from "../../../../shared/model/sign-off.ts";
import { sha256Of } from "./sha256-of.ts";

const at = "2025-07-14T15:00:00.000Z";
const by = "Mara Novák";

/** A failure taken for none, missing evidence seen elsewhere, and a judgement that was replaced. */
export function judgeSome(results: readonly Result[]): Judgement[] {
  const first = (outcome: Outcome) => results.find((each) => each.population === "change" && each.outcome === outcome);
  const [missing, failing] = [first("no-evidence"), first("fail")];
  const judge = (result: Result | undefined, outcome: Outcome, reason: string, number: number): Judgement[] => {
    if (result === undefined) return [];
    const procedure =
      result.outcome === "no-evidence"
        ? {
            done: "The test protocol of the release was read with R. Tanaka.",
            seen: "All tests had passed on this commit.",
            documents: [sha256Of("protocol")],
          }
        : null;
    const { population, control, assertion, item } = result;
    const request = { population, control, assertion, item, outcome, reason, procedure };
    return [judgeResult(request, result, { number, by, at }, sha256Of)];
  };
  const all = [
    ...judge(missing, "not-applicable", "It was thought to be a change of words only.", 1),
    ...judge(missing, "pass", "The build server had lost its records; the release protocol has them.", 2),
    ...judge(failing, "pass", "The approver's second account was not joined to the first one.", 3),
  ];
  return all.map((judgement, index) => ({ ...judgement, number: index + 1 }));
}

function exceptionOn(failing: Result): AuditException {
  return {
    number: 1,
    revision: 3,
    control: failing.control,
    title: "Changes without an independent approval",
    severity: "significant-deficiency",
    criterion: "Every change is approved by a peer who wrote none of it, before it is merged.",
    condition: "One of the sampled changes was merged by its author, without any review.",
    cause: "Administrators may pass the branch's protection, and one did under pressure of time.",
    effect: "A change that nobody else had seen reached production.",
    items: [{ population: failing.population, item: failing.item }],
    by,
    at,
    response: {
      response: "Administrators lost the right to pass the protection on 10 July.",
      owner: "Jonas Lindqvist",
      due: "2025-08-31",
      by,
      at,
    },
    retests: [{ date: "2025-09-10", outcome: "remedied", note: "25 merges since: all approved.", by, at }],
    closure: null,
  };
}

/** What people said about invented results. */
export function peopleSaid(
  results: readonly Result[],
  controls: readonly string[],
): Pick<ReportContent, "judgements" | "exceptions" | "signOffs" | "notes"> {
  const judgements = judgeSome(results);
  const standing = new Set(standingJudgements(judgements, results, sha256Of).judgements);
  const failing = results.find(({ outcome, population }) => outcome === "fail" && population === "change");
  const digests = { results: sha256Of("results") } as SignOff["digests"];
  const signOff = (role: SignOff["role"], who: string, scope: SignOff["scope"], number: number): SignOff => {
    return { number, scope, role, by: who, at, digests };
  };
  const engagement = { kind: "engagement" } as const;
  return {
    judgements: judgements.map((judgement, index) => ({
      ref: `J.${index + 1}`,
      judgement,
      effect: judgement.outcome && effectOf(judgement.tested, judgement.outcome),
      standing: standing.has(judgement) ? "stands" : "replaced",
    })),
    exceptions: failing ? [{ ref: "G.1", exception: exceptionOn(failing), state: "retested", itemRefs: ["C.1"] }] : [],
    signOffs: [
      {
        scope: engagement,
        preparer: { signOff: signOff("preparer", by, engagement, 1), changed: [] },
        reviewer: { signOff: signOff("reviewer", "Rin Tanaka", engagement, 2), changed: ["judgements", "conclusions"] },
      },
      ...controls.map((control, index) => {
        const scope = { kind: "control", control } as const;
        const preparer = { signOff: signOff("preparer", by, scope, index + 3), changed: [] };
        return { scope, preparer: index % 2 === 0 ? preparer : null, reviewer: null };
      }),
    ],
    notes: [
      {
        ref: "N.1",
        note: {
          number: 1,
          revision: 2,
          about: { kind: "engagement" },
          text: "Why is the tolerable rate of changes 10 %?",
          by: "Rin Tanaka",
          at,
          answers: [{ text: "The control is relied on together with deployments.", by, at }],
          cleared: null,
        },
        state: "answered",
        about: "engagement",
      },
    ],
  };
}
