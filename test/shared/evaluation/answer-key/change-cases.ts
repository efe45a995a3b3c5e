import { loginOf } from "../../population/history.ts";
import type { AnswerCase, TellStory } from "./answer-case.ts";
import { hour, type Released, repository, step, steps, ticket, url } from "./released-story.ts";

const nothing: TellStory<Released> = () => {};
const noTicket = nothing;

const notMerged: TellStory<Released> = (s) => {
  for (const request of s.history.facts.repositories.get(repository)?.requests ?? []) request.mergeCommit = s.base;
};

type Ends = { finishedAt?: string | null; jobFinishedAt?: string | null };

function tested(s: Released, conclusion: "success" | "failure" = "success", ends: Ends = {}): Released {
  s.history.build(s.merge, conclusion, { job: "test", ...ends });
  return s;
}

const rerunOfInfrastructure = (s: Released) =>
  s.touch("infra/main.tf").check("success", 11, { name: "lint" }).check("failure", 12).check("success", 13);

/** For each assertion on changes at least a pass, a fail, a gap and, where it can be, a change that it is not about. */
export const changeCases: readonly AnswerCase<Released>[] = [
  ["TRC-01 names-existing-ticket", "it names a ticket that exists", "pass", (s) => ticket(s)],
  ["TRC-01 names-existing-ticket", "it names a ticket that does not exist", "fail", noTicket],
  [
    "TRC-01 names-existing-ticket",
    "tickets were not pulled",
    "no-evidence",
    (s) => ticket(s).history.without("tickets"),
  ],
  ["REV-01 approved-before-merge", "somebody else approved its last commit", "pass", (s) => s.approve()],
  ["REV-01 approved-before-merge", "nobody approved it", "fail", nothing],
  ["REV-01 approved-before-merge", "its author approved it", "fail", (s) => s.approve("ada")],
  ["REV-01 approved-before-merge", "it was approved after the merge", "fail", (s) => s.approve("ben", 11)],
  ["REV-01 approved-before-merge", "only a stranger approved it", "no-evidence", (s) => s.approve("stranger")],
  [
    "REV-01 approved-before-merge",
    "reviews were not pulled",
    "no-evidence",
    (s) => s.approve().history.without("reviews"),
  ],
  [
    "REV-01 approved-before-merge",
    "a deleted account objected, and perhaps another deleted one approved it after that",
    "fail",
    (s) => {
      const deleted = { reviewer: "" };
      s.approve().history.review(1, "", s.head, { ...deleted, state: "changes-requested", hour: 6 });
      s.history.review(1, "", s.head, { ...deleted, hour: 7 });
    },
  ],
  [
    "REV-01 approved-before-merge",
    "who pushed to its request, and where it was aimed, was not pulled",
    "no-evidence",
    (s) => s.approve().history.without("events"),
  ],
  [
    "REV-01 approved-before-merge",
    "nobody approved it, and what else happened to its request was not pulled",
    "fail",
    (s) => s.history.without("events"),
  ],
  ["REV-06 came-by-request", "the host merged it", "pass", nothing],
  ["REV-06 came-by-request", "the host says that another commit is the merge of its request", "fail", notMerged],
  ["REV-06 came-by-request", "requests were not pulled", "no-evidence", (s) => s.history.without("requests")],
  ["TST-01 tested-as-released", "the tests passed on what was released", "pass", (s) => tested(s).deploy(40)],
  ["TST-01 tested-as-released", "no tests ran on what was released", "fail", (s) => s.deploy(40)],
  [
    "TST-01 tested-as-released",
    "the tests failed on what was released",
    "fail",
    (s) => tested(s, "failure").deploy(40),
  ],
  ["TST-01 tested-as-released", "the tests began only after the release", "fail", (s) => tested(s).deploy(10.5)],
  [
    "TST-01 tested-as-released",
    "builds between its arrival and its release were not pulled",
    "no-evidence",
    (s) =>
      tested(s)
        .deploy(40)
        .history.pulled("builds", { to: hour(30) }),
  ],
  [
    "TST-01 tested-as-released",
    "it was not released as long as deployments were pulled",
    "no-evidence",
    (s) => tested(s).history.pulled("deployments", { to: hour(30) }),
  ],
  [
    "TST-01 tested-as-released",
    "its tests went on when it was released",
    "fail",
    (s) => tested(s, "success", { finishedAt: hour(50), jobFinishedAt: hour(45) }).deploy(40),
  ],
  [
    "TST-01 tested-as-released",
    "its tests ended before its release, and their build deployed it and ended after that",
    "pass",
    (s) => tested(s, "success", { finishedAt: hour(50), jobFinishedAt: hour(39) }).deploy(40),
  ],
  [
    "TST-01 tested-as-released",
    "when its tests ended is not told, and their build ended before its release",
    "pass",
    (s) => tested(s, "success", { finishedAt: hour(39), jobFinishedAt: null }).deploy(40),
  ],
  [
    "TST-01 tested-as-released",
    "when its tests ended is not told, and their build ended after its release",
    "no-evidence",
    (s) => tested(s, "success", { finishedAt: hour(50), jobFinishedAt: null }).deploy(40),
  ],
  [
    "TST-01 tested-as-released",
    "builds were not pulled",
    "no-evidence",
    (s) => tested(s).deploy(40).history.without("builds"),
  ],
  [
    "TST-01 tested-as-released",
    "a check failed, ran again and passed",
    "pass",
    (s) => s.check("failure", 11).check("success", 12).deploy(40),
  ],
  [
    "TST-01 tested-as-released",
    "a check passed, ran again and failed",
    "fail",
    (s) => s.check("success", 11).check("failure", 12).deploy(40),
  ],
  [
    "TST-01 tested-as-released",
    "a check failed, and one of that name of another app passed",
    "fail",
    (s) => s.check("failure", 11).check("success", 12, { app: "buildkite" }).deploy(40),
  ],
  [
    "TST-01 tested-as-released",
    "a check failed, and passed when it ran again after the release, and others had passed before",
    "fail",
    (s) => tested(s).check("failure", 13).check("success", 41).deploy(40),
  ],
  [
    "TST-01 tested-as-released",
    "a run failed, and passed in an attempt after the release, and others had passed before",
    "fail",
    (s) => {
      tested(s).history.build(s.merge, "failure", { id: "7", job: "unit test" });
      s.history.commit({ at: 50 });
      s.history.build(s.merge, "success", { id: "7", job: "unit test", attempt: 2 });
      s.deploy(40);
    },
  ],
  [
    "TST-01 tested-as-released",
    "of two jobs that had failed one ran again and passed",
    "fail",
    (s) => {
      const job = { kind: "build-job", repository, build: "7", id: "x", attempt: 1, name: "e2e test" } as const;
      const ran = { completed: true, conclusion: "failure", startedAt: hour(11), finishedAt: hour(11) } as const;
      s.history.fact({ ...job, ...ran });
      s.history.build(s.merge, "failure", { id: "7" }).build(s.merge, "success", { id: "7", attempt: 2 });
      s.deploy(40);
    },
  ],
  ["TST-01 tested-as-released", "it was not released", "not-applicable", (s) => tested(s)],
  ["SOD-01 different-people", "three persons wrote, approved and deployed it", "pass", (s) => s.approve().deploy()],
  [
    "SOD-01 different-people",
    "its author deployed it",
    "fail",
    (s) => s.approve().deploy(20, { requestedBy: loginOf("ada") }),
  ],
  [
    "SOD-01 different-people",
    "its approver deployed it",
    "fail",
    (s) => s.approve().deploy(20, { requestedBy: loginOf("ben") }),
  ],
  [
    "SOD-01 different-people",
    "a stranger deployed it",
    "no-evidence",
    (s) => s.approve().deploy(20, { requestedBy: loginOf("stranger") }),
  ],
  ["SOD-01 different-people", "it was not released", "not-applicable", (s) => s.approve()],
  ["TRC-02 raised-before-work", "its ticket was raised before its request", "pass", (s) => ticket(s)],
  [
    "TRC-02 raised-before-work",
    "its ticket was raised after its request",
    "fail",
    (s) => ticket(s, { createdAt: hour(3) }),
  ],
  ["TRC-02 raised-before-work", "it names no ticket that exists", "fail", noTicket],
  ["TRC-02 raised-before-work", "tickets were not pulled", "no-evidence", (s) => ticket(s).history.without("tickets")],
  [
    "TRC-02 approved-before-deployment",
    "the board approved it before its deployment",
    "pass",
    (s) => ticket(s).decide("cab", 12).deploy(),
  ],
  [
    "TRC-02 approved-before-deployment",
    "somebody else set it to an approved state",
    "pass",
    (s) => ticket(s, steps(step("Approved", 12))).deploy(),
  ],
  [
    "TRC-02 approved-before-deployment",
    "its own author set it to an approved state",
    "fail",
    (s) => ticket(s, steps(step("Approved", 12, "ada"))).deploy(),
  ],
  [
    "TRC-02 approved-before-deployment",
    "it was approved after its deployment",
    "fail",
    (s) => ticket(s).decide("cab", 21).deploy(),
  ],
  ["TRC-02 approved-before-deployment", "nobody approved it", "fail", (s) => ticket(s).deploy()],
  [
    "TRC-02 approved-before-deployment",
    "one approved it and another declined it after that",
    "fail",
    (s) => ticket(s).decide("cab", 12).decide("rea", 13, "declined").deploy(),
  ],
  [
    "TRC-02 approved-before-deployment",
    "it was declined, and set to an approved state",
    "fail",
    (s) =>
      ticket(s, steps(step("Approved", 12)))
        .decide("cab", 13, "declined")
        .deploy(),
  ],
  [
    "TRC-02 approved-before-deployment",
    "it was declined first and approved after that",
    "pass",
    (s) => ticket(s).decide("cab", 11, "declined").decide("cab", 12).deploy(),
  ],
  [
    "TRC-02 approved-before-deployment",
    "it was declined only after its deployment",
    "pass",
    (s) => ticket(s).decide("cab", 12).decide("rea", 30, "declined").deploy(),
  ],
  [
    "TRC-02 approved-before-deployment",
    "only a stranger approved it",
    "no-evidence",
    (s) => ticket(s).decide("stranger", 12).deploy(),
  ],
  ["TRC-02 approved-before-deployment", "it was not released", "not-applicable", (s) => ticket(s)],
  [
    "TRC-03 moved-with-the-work",
    "its ticket moved along",
    "pass",
    (s) => ticket(s, steps(step("Doing", 1), step("Done", 22))),
  ],
  ["TRC-03 moved-with-the-work", "its ticket moved once", "fail", (s) => ticket(s, steps(step("Done", 22)))],
  [
    "TRC-03 moved-with-the-work",
    "its ticket moved only before the work",
    "fail",
    (s) => ticket(s, steps(step("A", -4), step("B", -3))),
  ],
  [
    "TRC-03 moved-with-the-work",
    "requests were not pulled",
    "no-evidence",
    (s) => ticket(s).history.without("requests"),
  ],
  ["TRC-03 final-state-fits", "it was released and its ticket is done", "pass", (s) => ticket(s).deploy()],
  [
    "TRC-03 final-state-fits",
    "it was released and its ticket is open",
    "fail",
    (s) => ticket(s, { statusCategory: "new" }).deploy(),
  ],
  [
    "TRC-03 final-state-fits",
    "its ticket is done and it was not released, which the policy forbids",
    "fail",
    (s) => ticket(s),
    { "TRC-03": { doneMeansReleased: true } },
  ],
  [
    "TRC-03 final-state-fits",
    "its ticket is done, and no ticket source has another one that it names",
    "no-evidence",
    (s) => ticket(s).nameAnother().deploy(),
  ],
  [
    "TRC-03 final-state-fits",
    "deployments were not pulled",
    "no-evidence",
    (s) => ticket(s).history.without("deployments"),
  ],
  [
    "TRC-04 complete-and-in-order",
    "all steps are there in order",
    "pass",
    (s) => {
      ticket(s).approve().history.build(s.merge);
      s.deploy(40);
    },
  ],
  [
    "TRC-04 complete-and-in-order",
    "a later build of the same kind had failed on the code",
    "fail",
    (s) => {
      ticket(s).approve().history.build(s.merge).build(s.merge, "failure");
      s.deploy(40);
    },
  ],
  [
    "TRC-04 complete-and-in-order",
    "a build failed, and succeeded when it was repeated",
    "pass",
    (s) => {
      ticket(s).approve().history.build(s.merge, "failure");
      s.history.commit({});
      s.history.build(s.merge);
      s.deploy(40);
    },
  ],
  [
    "TRC-04 complete-and-in-order",
    "a check failed, ran again and passed",
    "pass",
    (s) => ticket(s).approve().check("failure", 11).check("success", 12).deploy(40),
  ],
  [
    "TRC-04 complete-and-in-order",
    "a check failed, and one of that name of another app passed",
    "fail",
    (s) => ticket(s).approve().check("failure", 11).check("success", 12, { app: "buildkite" }).deploy(40),
  ],
  [
    "TRC-04 complete-and-in-order",
    "a run failed, and passed in an attempt after the release, and another one had passed before",
    "fail",
    (s) => {
      ticket(s).approve().history.build(s.merge, "failure", { id: "7" });
      s.check("success", 12).history.commit({ at: 50 });
      s.history.build(s.merge, "success", { id: "7", attempt: 2 });
      s.deploy(40);
    },
  ],
  [
    "TRC-04 complete-and-in-order",
    "what happened to its request besides was not pulled",
    "no-evidence",
    (s) => {
      ticket(s).approve().history.build(s.merge).without("events");
      s.deploy(40);
    },
  ],
  [
    "TRC-04 complete-and-in-order",
    "its build ended after its deployment",
    "fail",
    (s) => {
      ticket(s).approve().history.commit({ at: 50 });
      s.history.build(s.merge);
      s.deploy(12);
    },
  ],
  [
    "TRC-04 complete-and-in-order",
    "nobody reviewed it",
    "fail",
    (s) => {
      ticket(s).history.build(s.merge);
      s.deploy(40);
    },
  ],
  [
    "TRC-04 complete-and-in-order",
    "its ticket was raised afterwards",
    "fail",
    (s) => {
      ticket(s, { createdAt: hour(2) })
        .approve()
        .history.build(s.merge);
      s.deploy(40);
    },
  ],
  [
    "TRC-04 complete-and-in-order",
    "builds were not pulled",
    "no-evidence",
    (s) => ticket(s).approve().deploy(40).history.without("builds"),
  ],
  ["TRC-04 complete-and-in-order", "it was not released", "not-applicable", (s) => ticket(s).approve()],
  [
    "REV-02 approved-by-expert",
    "an expert approved a high-risk path",
    "pass",
    (s) => s.touch("src/auth/login.ts").approve("eve"),
  ],
  [
    "REV-02 approved-by-expert",
    "the owner by CODEOWNERS approved it",
    "pass",
    (s) =>
      s
        .touch("src/auth/login.ts")
        .approve()
        .history.fact({ kind: "code-owners", repository, line: 1, pattern: "auth/", owners: [`@${loginOf("ben")}`] }),
  ],
  [
    "REV-02 approved-by-expert",
    "the owner of one of two high-risk paths approved it",
    "fail",
    (s) =>
      s
        .touch("src/auth/login.ts", "payments/pay.ts")
        .approve()
        .history.fact({ kind: "code-owners", repository, line: 1, pattern: "auth/", owners: [`@${loginOf("ben")}`] }),
  ],
  [
    "REV-02 approved-by-expert",
    "only somebody who is no expert approved it",
    "fail",
    (s) => s.touch("src/auth/login.ts").approve(),
  ],
  [
    "REV-02 approved-by-expert",
    "an expert approved it after the merge",
    "fail",
    (s) => s.touch("src/auth/login.ts").approve("eve", 11),
  ],
  ["REV-02 approved-by-expert", "what it touched is not known", "no-evidence", (s) => s.approve("eve")],
  [
    "REV-02 approved-by-expert",
    "it touches nothing of high risk",
    "not-applicable",
    (s) => s.touch("docs/a.md").approve(),
  ],
  ["REV-03 looked-at", "a large change without a word is shown as a signal only", "pass", (s) => s.size(900).approve()],
  [
    "REV-03 looked-at",
    "a large change without a word, where the policy says that this fails",
    "fail",
    (s) => s.size(900).approve(),
    { "REV-03": { signalFails: true } },
  ],
  [
    "REV-03 looked-at",
    "a large change with a word, where silence fails",
    "pass",
    (s) => s.size(900).comment("Why?", true).approve(),
    { "REV-03": { signalFails: true } },
  ],
  [
    "REV-03 looked-at",
    "approved sooner than its lines can be read, where haste fails",
    "fail",
    (s) => s.size(300).comment("Why?", true).approve("ben", 0.01),
    { "REV-03": { signalFails: true } },
  ],
  ["REV-03 looked-at", "its size is not known", "no-evidence", (s) => s.approve()],
  [
    "REV-03 looked-at",
    "what was said was not pulled, so that its silence means nothing",
    "no-evidence",
    (s) => s.size(900).approve().history.without("comments"),
  ],
  ["REV-03 looked-at", "nobody approved it", "not-applicable", (s) => s.size(10)],
  ["REV-04 review-in-ticket", "its ticket links to its request", "pass", (s) => ticket(s, { links: [url] })],
  ["REV-04 review-in-ticket", "its ticket links to another request", "fail", (s) => ticket(s, { links: [`${url}2`] })],
  ["REV-04 review-in-ticket", "tickets were not pulled", "no-evidence", (s) => ticket(s).history.without("tickets")],
  ["REV-04 follow-ups-have-tickets", "all remarks were settled", "pass", (s) => s.comment("Rename.", true)],
  [
    "REV-04 follow-ups-have-tickets",
    "an open remark names a ticket",
    "pass",
    (s) => s.comment("Later, see LED-9.", false),
  ],
  ["REV-04 follow-ups-have-tickets", "an open remark names none", "fail", (s) => s.comment("Later.", false)],
  [
    "REV-04 follow-ups-have-tickets",
    "the host does not say what was settled",
    "no-evidence",
    (s) => s.comment("Later.", null),
  ],
  [
    "REV-04 follow-ups-have-tickets",
    "nobody remarked on a line",
    "not-applicable",
    (s) => s.comment("Nice.", null, ""),
  ],
  [
    "REV-04 follow-ups-have-tickets",
    "the timeline was pulled and its remarks were not",
    "no-evidence",
    (s) => s.history.without("comments"),
  ],
  ["REV-08 mechanical-merge", "it is the mechanical merge", "pass", (s) => s.merged("clean")],
  ["REV-08 mechanical-merge", "an evil merge", "fail", (s) => s.merged("clean", "other")],
  ["REV-08 mechanical-merge", "a conflict that somebody resolved", "fail", (s) => s.merged("conflict")],
  [
    "REV-08 mechanical-merge",
    "a conflict that somebody else approved afterwards",
    "pass",
    (s) => s.merged("conflict").history.review(1, "ben", s.merge, { hour: 12 }),
  ],
  [
    "REV-08 mechanical-merge",
    "a conflict that its author approved afterwards",
    "fail",
    (s) => s.merged("conflict").history.review(1, "ada", s.merge, { hour: 12 }),
  ],
  ["REV-08 mechanical-merge", "contents were not compared", "no-evidence", () => {}],
  [
    "REV-08 mechanical-merge",
    "contents were not pulled",
    "no-evidence",
    (s) => s.merged("clean").history.without("contents"),
  ],
  ["TST-03 tests-with-code", "code with its test", "pass", (s) => s.touch("src/a.ts", "test/a.test.ts")],
  ["TST-03 tests-with-code", "code alone", "fail", (s) => s.touch("src/a.ts")],
  ["TST-03 tests-with-code", "what it touched is not known", "no-evidence", () => {}],
  ["TST-03 tests-with-code", "it touches no code", "not-applicable", (s) => s.touch("docs/a.md")],
  ["SEC-01 analysed-without-serious-finding", "analysis found nothing", "pass", (s) => s.analyse().deploy()],
  [
    "SEC-01 analysed-without-serious-finding",
    "a serious finding was open",
    "fail",
    (s) => s.analyse().find("high").deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "a light finding was open",
    "pass",
    (s) => s.analyse().find("low").deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "a serious finding had been dismissed",
    "pass",
    (s) => s.analyse().find("high", "dismissed").deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "analysis did not come to its end",
    "fail",
    (s) => s.analyse({ succeeded: false }).deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "it was analysed only after its release",
    "fail",
    (s) => s.analyse({ at: hour(30) }).deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "nothing tells when it was analysed",
    "no-evidence",
    (s) => s.analyse({ at: null }).deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "only another commit was analysed",
    "fail",
    (s) => s.analyse({ commit: s.base }).deploy(),
  ],
  ["SEC-01 analysed-without-serious-finding", "only lint ran", "fail", (s) => s.analyse({ sort: "lint" }).deploy()],
  [
    "SEC-01 analysed-without-serious-finding",
    "a finding of unknown weight was open",
    "no-evidence",
    (s) => s.analyse().find("unknown").deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "a tool ran of which nothing tells what it looks for",
    "no-evidence",
    (s) => s.analyse({ sort: "unknown" }).deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "a tool ran of which nothing tells what it looks for, and a serious finding was open",
    "fail",
    (s) => s.analyse({ sort: "unknown" }).find("high").deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "findings were only counted",
    "no-evidence",
    (s) => s.analyse({ findings: 3 }).deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "findings were counted and told, and are light",
    "pass",
    (s) => s.analyse({ findings: 1 }).find("low").deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "analysis of one language did not come to its end",
    "fail",
    (s) => s.analyse({ category: "go" }).analyse({ category: "ruby", succeeded: false }).deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "analysis of one language came to its end when it ran again",
    "pass",
    (s) =>
      s
        .analyse({ category: "go" })
        .analyse({ category: "ruby", succeeded: false })
        .analyse({ category: "ruby", at: hour(12) })
        .deploy(),
  ],
  [
    "SEC-01 analysed-without-serious-finding",
    "analysis of one language came to its end only after the release",
    "fail",
    (s) =>
      s
        .analyse({ category: "go" })
        .analyse({ category: "ruby", succeeded: false })
        .analyse({ category: "ruby", at: hour(30) })
        .deploy(),
  ],
  ["SEC-01 analysed-without-serious-finding", "it was not released", "not-applicable", (s) => s.analyse()],
  [
    "INF-01 reviewed-linted-tested",
    "reviewed, linted and tested",
    "pass",
    (s) =>
      s
        .touch("infra/main.tf")
        .approve()
        .history.build(s.merge, "success", { job: "lint" })
        .build(s.merge, "success", { job: "test" }),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "its tests failed",
    "fail",
    (s) =>
      s
        .touch("infra/main.tf")
        .approve()
        .history.build(s.merge, "success", { job: "lint" })
        .build(s.merge, "failure", { job: "test" }),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "no lint",
    "fail",
    (s) => s.touch("infra/main.tf").approve().history.build(s.merge, "success", { job: "test" }),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "not reviewed",
    "fail",
    (s) =>
      s
        .touch("infra/main.tf")
        .history.build(s.merge, "success", { job: "lint" })
        .build(s.merge, "success", { job: "test" }),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "its tests failed, ran again and passed",
    "pass",
    (s) => rerunOfInfrastructure(s).approve(),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "its tests failed and passed when they ran again, and nobody knows whether before its release",
    "no-evidence",
    (s) => rerunOfInfrastructure(s).approve().history.without("deployments"),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "its tests failed and passed when they ran again, and nobody reviewed it or knows when it was released",
    "fail",
    (s) => rerunOfInfrastructure(s).history.without("deployments"),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "its tests failed and passed when they ran again after its release",
    "fail",
    (s) => rerunOfInfrastructure(s).approve().deploy(12.5),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "builds were not pulled",
    "no-evidence",
    (s) => s.touch("infra/main.tf").approve().history.without("builds"),
  ],
  [
    "INF-01 reviewed-linted-tested",
    "it touches no infrastructure",
    "not-applicable",
    (s) => s.touch("src/a.ts").approve(),
  ],
  [
    "INF-02 approved-twice-once-by-expert",
    "two approved, one an expert",
    "pass",
    (s) => s.touch("infra/prod/db.tf").approve().approve("eve", 6),
  ],
  [
    "INF-02 approved-twice-once-by-expert",
    "only the expert approved",
    "fail",
    (s) => s.touch("infra/prod/db.tf").approve("eve"),
  ],
  [
    "INF-02 approved-twice-once-by-expert",
    "the expert approved twice",
    "fail",
    (s) => s.touch("infra/prod/db.tf").approve("eve").approve("eve", 6),
  ],
  [
    "INF-02 approved-twice-once-by-expert",
    "two approved, none an expert",
    "fail",
    (s) => s.touch("infra/prod/db.tf").approve().approve("cleo", 6),
  ],
  ["INF-02 approved-twice-once-by-expert", "what it touched is not known", "no-evidence", (s) => s.approve("eve")],
  [
    "INF-02 approved-twice-once-by-expert",
    "it touches no high-risk infrastructure",
    "not-applicable",
    (s) => s.touch("src/a.ts"),
  ],
  ["CAB-01 classified-and-decided", "a standard change", "pass", (s) => ticket(s).classify("standard").deploy()],
  [
    "CAB-01 classified-and-decided",
    "a normal change that the board approved before",
    "pass",
    (s) => ticket(s).classify("normal").decide("cab", 12).deploy(),
  ],
  [
    "CAB-01 classified-and-decided",
    "a normal change that the board approved afterwards",
    "fail",
    (s) => ticket(s).classify("normal").decide("cab", 21).deploy(),
  ],
  [
    "CAB-01 classified-and-decided",
    "a normal change that a colleague approved at another step",
    "fail",
    (s) => ticket(s).classify("normal").decide("ben", 12, "approved", "Peer check").deploy(),
  ],
  [
    "CAB-01 classified-and-decided",
    "a normal change that the board declined after approving it",
    "fail",
    (s) => ticket(s).classify("normal").decide("cab", 12).decide("cab", 13, "declined").deploy(),
  ],
  [
    "CAB-01 classified-and-decided",
    "a normal change that the board approved before, and declined after its deployment",
    "pass",
    (s) => ticket(s).classify("normal").decide("cab", 12).decide("cab", 30, "declined").deploy(),
  ],
  [
    "CAB-01 classified-and-decided",
    "a standard change, and no ticket source has another ticket that it names",
    "no-evidence",
    (s) => ticket(s).classify("standard").nameAnother().deploy(),
  ],
  [
    "CAB-01 classified-and-decided",
    "the board approved it, and decisions up to its deployment were not pulled",
    "no-evidence",
    (s) =>
      ticket(s)
        .classify("normal")
        .decide("cab", 12)
        .deploy()
        .history.pulled("decisions", { to: hour(15) }),
  ],
  ["CAB-01 classified-and-decided", "nobody classified it", "fail", (s) => ticket(s).deploy()],
  [
    "CAB-01 classified-and-decided",
    "decisions were not pulled",
    "no-evidence",
    (s) => ticket(s).classify("standard").deploy().history.without("decisions"),
  ],
  [
    "CAB-01 classified-and-decided",
    "an emergency change",
    "not-applicable",
    (s) => ticket(s).classify("emergency").deploy(),
  ],
  [
    "CAB-02 approved-in-time",
    "approved the next day",
    "pass",
    (s) => ticket(s).classify("emergency").decide("cab", 44).deploy(),
  ],
  [
    "CAB-02 approved-in-time",
    "approved after a week",
    "fail",
    (s) => ticket(s).classify("emergency").decide("cab", 188).deploy(),
  ],
  [
    "CAB-02 approved-in-time",
    "approved the next day, and declined after that",
    "fail",
    (s) => ticket(s).classify("emergency").decide("cab", 44).decide("rea", 46, "declined").deploy(),
  ],
  [
    "CAB-02 approved-in-time",
    "declined, and approved the next day",
    "pass",
    (s) => ticket(s).classify("emergency").decide("rea", 30, "declined").decide("cab", 44).deploy(),
  ],
  ["CAB-02 approved-in-time", "never approved", "fail", (s) => ticket(s).classify("emergency").deploy()],
  [
    "CAB-02 approved-in-time",
    "only its author approved it",
    "fail",
    (s) => ticket(s).classify("emergency").decide("ada", 30).deploy(),
  ],
  ["CAB-02 approved-in-time", "it names no ticket that exists", "no-evidence", (s) => s.deploy()],
  [
    "CAB-02 approved-in-time",
    "a standard change, and no ticket source has another ticket that it names",
    "no-evidence",
    (s) => ticket(s).classify("standard").nameAnother().deploy(),
  ],
  ["CAB-02 approved-in-time", "no emergency", "not-applicable", (s) => ticket(s).classify("normal").deploy()],
  [
    "CAB-03 formally-approved",
    "the release authority approved a change of the pipeline",
    "pass",
    (s) => s.touch("Jenkinsfile").approve("rea"),
  ],
  [
    "CAB-03 formally-approved",
    "only a colleague approved it",
    "fail",
    (s) => s.touch(".github/workflows/ci.yml").approve(),
  ],
  ["CAB-03 formally-approved", "what it touched is not known", "no-evidence", (s) => s.approve("rea")],
  ["CAB-03 formally-approved", "it touches no rule", "not-applicable", (s) => s.touch("src/a.ts")],
  [
    "DRK-01 behind-a-switch",
    "a large change behind a switch that was off",
    "pass",
    (s) => ticket(s).size(2000).switch("created", 11).switch("on", 30).deploy(),
  ],
  [
    "DRK-01 behind-a-switch",
    "a large change whose switch was on already",
    "fail",
    (s) => ticket(s).size(2000).switch("created", 11).switch("on", 12).deploy(),
  ],
  [
    "DRK-01 behind-a-switch",
    "a large change whose switch was on already where testers look",
    "pass",
    (s) => ticket(s).size(2000).switch("created", 11).switch("on", 12, "staging").deploy(),
  ],
  [
    "DRK-01 behind-a-switch",
    "a large change whose switch was on already, in an environment that nobody knows",
    "no-evidence",
    (s) => ticket(s).size(2000).switch("created", 11).switch("on", 12, "live-eu").deploy(),
  ],
  ["DRK-01 behind-a-switch", "a large change without a switch", "fail", (s) => ticket(s).size(2000).deploy()],
  ["DRK-01 behind-a-switch", "its size is not known", "no-evidence", (s) => ticket(s).deploy()],
  ["DRK-01 behind-a-switch", "a small change", "not-applicable", (s) => ticket(s).size(20).deploy()],
];
