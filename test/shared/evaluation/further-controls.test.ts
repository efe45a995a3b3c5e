import { describe, expect, it } from "vitest";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { ParameterValues } from "../../../shared/model/catalog.ts";
import { EvidenceKind } from "../../../shared/model/coverage.ts";
import type { Outcome } from "../../../shared/model/result.ts";
import { type History, loginOf } from "../population/history.ts";
import { compareWith } from "./cel-oracle.ts";
import { furtherCatalogText, hour, outcomeOf, Released, repository } from "./further-catalog.ts";

type Tell = (story: Released) => unknown;
type Case = readonly [assertion: string, words: string, outcome: Outcome, tell: Tell, parameters?: ParameterValues];

const step = (to: string, at: number, by = "ben") => ({ at: hour(at), by: loginOf(by), field: "status", from: "", to });
const steps = (...history: ReturnType<typeof step>[]) => ({ history, createdAt: hour(-5) });
const noTicket: Tell = () => {};
const ticket = (story: Released, given: Parameters<History["ticket"]>[1] = {}) => {
  story.history.ticket("LED-1", { createdAt: hour(-5), ...given });
  return story;
};
const url = "https://host.example/northwind/ledger/pull/1";

/** The answer key of the further controls: for each at least a pass, a fail, a gap and, where it can be, a case that it is not about. */
const changeCases: readonly Case[] = [
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
  ["CAB-02 approved-in-time", "never approved", "fail", (s) => ticket(s).classify("emergency").deploy()],
  [
    "CAB-02 approved-in-time",
    "only its author approved it",
    "fail",
    (s) => ticket(s).classify("emergency").decide("ada", 30).deploy(),
  ],
  ["CAB-02 approved-in-time", "it names no ticket that exists", "no-evidence", (s) => s.deploy()],
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
  ["DRK-01 behind-a-switch", "a large change without a switch", "fail", (s) => ticket(s).size(2000).deploy()],
  ["DRK-01 behind-a-switch", "its size is not known", "no-evidence", (s) => ticket(s).deploy()],
  ["DRK-01 behind-a-switch", "a small change", "not-applicable", (s) => ticket(s).size(20).deploy()],
];

const build =
  (job: string, conclusion: "success" | "failure" | "skipped" = "success"): Tell =>
  (s) =>
    s.history.build(s.merge, conclusion, { job });
const staged = (s: Released, given: Parameters<History["deploy"]>[1] = {}) =>
  s.deploy(15, { environment: "staging", production: false, id: "staged", ...given });
const say = (s: Released, text: string, channel = "releases") =>
  s.history.fact({ kind: "announcement", id: text, medium: "slack", channel, at: hour(20), by: loginOf("dan"), text });

const deploymentCases: readonly Case[] = [
  [
    "TST-02 all-test-stages-passed",
    "all test stages passed",
    "pass",
    (s) => {
      build("test")(s);
      s.deploy();
    },
  ],
  [
    "TST-02 all-test-stages-passed",
    "one was skipped",
    "fail",
    (s) => {
      build("test")(s);
      build("e2e test", "skipped")(s);
      s.deploy();
    },
  ],
  [
    "TST-02 all-test-stages-passed",
    "none ran",
    "fail",
    (s) => {
      build("lint")(s);
      s.deploy();
    },
  ],
  [
    "TST-02 all-test-stages-passed",
    "its revision leads nowhere",
    "no-evidence",
    (s) => s.history.deploy("nowhere", { at: hour(20) }),
  ],
  [
    "TST-02 all-test-stages-passed",
    "the deployment failed",
    "not-applicable",
    (s) => s.deploy(20, { status: "failed" }),
  ],
  ["DEP-02 promoted-through-environments", "it stood in staging before", "pass", (s) => staged(s).deploy()],
  [
    "DEP-02 promoted-through-environments",
    "it came to staging afterwards",
    "fail",
    (s) => staged(s, { at: hour(22) }).deploy(),
  ],
  [
    "DEP-02 promoted-through-environments",
    "it was put into staging by hand",
    "fail",
    (s) => staged(s, { byPipeline: false }).deploy(),
  ],
  [
    "DEP-02 promoted-through-environments",
    "its digest is wanted and not known",
    "no-evidence",
    (s) => staged(s).deploy(),
    { "DEP-02": { digestRequired: true } },
  ],
  [
    "DEP-02 promoted-through-environments",
    "the deployment failed",
    "not-applicable",
    (s) => s.deploy(20, { status: "failed" }),
  ],
  [
    "DEP-02 smoke-and-integration-tests",
    "both passed",
    "pass",
    (s) => {
      build("smoke")(s);
      build("integration")(s);
      s.deploy();
    },
  ],
  [
    "DEP-02 smoke-and-integration-tests",
    "smoke tests failed",
    "fail",
    (s) => {
      build("smoke", "failure")(s);
      build("integration")(s);
      s.deploy();
    },
  ],
  [
    "DEP-02 smoke-and-integration-tests",
    "builds were not pulled",
    "no-evidence",
    (s) => s.deploy().history.without("builds"),
  ],
  [
    "DEP-02 smoke-and-integration-tests",
    "the deployment failed",
    "not-applicable",
    (s) => s.deploy(20, { status: "failed" }),
  ],
  [
    "DEP-03 signed-off",
    "the release authority signed off before",
    "pass",
    (s) => s.deploy(20, { id: "gated" }).gate("rea", 19),
  ],
  ["DEP-03 signed-off", "a developer signed off", "fail", (s) => s.deploy(20, { id: "gated" }).gate("ben", 19)],
  ["DEP-03 signed-off", "signed off afterwards", "fail", (s) => s.deploy(20, { id: "gated" }).gate("rea", 21)],
  [
    "DEP-03 signed-off",
    "who asked for it signed it off",
    "fail",
    (s) => s.deploy(20, { id: "gated", requestedBy: loginOf("rea") }).gate("rea", 19),
  ],
  [
    "DEP-03 signed-off",
    "declined and deployed",
    "fail",
    (s) => s.deploy(20, { id: "gated" }).gate("rea", 18).gate("rea", 19, "rejected"),
  ],
  [
    "DEP-03 signed-off",
    "only a stranger signed off",
    "no-evidence",
    (s) => s.deploy(20, { id: "gated" }).gate("stranger", 19),
  ],
  [
    "DEP-03 signed-off",
    "gates were not pulled",
    "no-evidence",
    (s) => s.deploy(20, { id: "gated" }).history.without("gates"),
  ],
  [
    "DEP-03 signed-off",
    "the policy asks for none there",
    "not-applicable",
    (s) => s.deploy(20),
    { "DEP-03": { gatedEnvironments: ["vault"] } },
  ],
  [
    "DEP-04 repaired-by-pipeline",
    "fixed forward within the day",
    "pass",
    (s) => s.deploy(20, { status: "failed" }).history.deploy(s.base, { at: hour(30) }),
  ],
  [
    "DEP-04 repaired-by-pipeline",
    "repaired by hand",
    "fail",
    (s) => s.deploy(20, { status: "failed" }).history.deploy(s.base, { at: hour(30), byPipeline: false }),
  ],
  [
    "DEP-04 repaired-by-pipeline",
    "repaired after a week",
    "fail",
    (s) => s.deploy(20, { status: "failed" }).history.deploy(s.base, { at: hour(188) }),
  ],
  ["DEP-04 repaired-by-pipeline", "never repaired", "fail", (s) => s.deploy(20, { status: "failed" })],
  [
    "DEP-04 repaired-by-pipeline",
    "deployments were not pulled",
    "no-evidence",
    (s) => s.deploy(20, { status: "failed" }).history.without("deployments"),
  ],
  ["DEP-04 repaired-by-pipeline", "it did not fail", "not-applicable", (s) => s.deploy(20)],
  [
    "DEP-05 announced",
    "it was announced",
    "pass",
    (s) => {
      s.deploy(20);
      say(s, "v1 is out");
    },
  ],
  [
    "DEP-05 announced",
    "another version was announced",
    "fail",
    (s) => {
      s.deploy(20);
      say(s, "v1.1 is out");
    },
  ],
  [
    "DEP-05 announced",
    "it was announced where not everyone is",
    "fail",
    (s) => {
      s.deploy(20);
      say(s, "v1 is out", "ops-only");
    },
    { "DEP-05": { channels: ["releases"] } },
  ],
  [
    "DEP-05 announced",
    "no announcements were handed over",
    "no-evidence",
    (s) => s.deploy(20).history.without("announcements"),
  ],
];

function tell(told: Tell): Released {
  const story = new Released();
  for (const request of story.history.facts.repositories.get(repository)?.requests ?? []) request.url = url;
  told(story);
  return story;
}

describe("the answer key of the further controls", () => {
  for (const [assertion, words, outcome, told, parameters] of changeCases) {
    it(`${assertion}, a change of which ${words}: ${outcome}`, () => {
      const story = tell(told);
      expect(outcomeOf(assertion, story.history.change(story.merge), parameters)).toBe(outcome);
    });
  }

  for (const [assertion, words, outcome, told, parameters] of deploymentCases) {
    it(`${assertion}, a deployment of which ${words}: ${outcome}`, () => {
      const [item] = tell(told).history.deployments();
      if (!item) throw new Error("Nothing was deployed.");
      expect(outcomeOf(assertion, item, parameters)).toBe(outcome);
    });
  }

  it("has for every assertion a pass, a failure and a gap", () => {
    const { catalog } = compileCatalog(furtherCatalogText);
    for (const { id, assertions } of catalog.controls) {
      for (const assertion of assertions) {
        const own = [...changeCases, ...deploymentCases].filter(([name]) => name === `${id} ${assertion.id}`);
        const outcomes = new Set(own.map(([, , outcome]) => outcome));
        expect([assertion.id, outcomes]).toEqual([assertion.id, expect.any(Set)]);
        for (const outcome of ["pass", "fail", "no-evidence"])
          expect([id, assertion.id, [...outcomes]]).toEqual([id, assertion.id, expect.arrayContaining([outcome])]);
      }
    }
  });

  it("comes out the same by an independent CEL implementation", () => {
    for (const [, , , told, parameters] of [...changeCases, ...deploymentCases]) {
      const { change: changes, deployment: deployments } = tell(told).history.population().items;
      for (const item of [...changes, ...deployments]) compareWith(furtherCatalogText, item, parameters);
    }
  });
});

describe("missing evidence", () => {
  it("never makes a pass of what was none, in any of these cases and for any kind of evidence", () => {
    const catalog = compileCatalog(furtherCatalogText);
    for (const [, , , told] of [...changeCases, ...deploymentCases]) {
      const { change: changes, deployment: deployments } = tell(told).history.population().items;
      for (const [population, items] of [["change", changes] as const, ["deployment", deployments] as const]) {
        for (const item of items) {
          const before = evaluateItem(catalog, population, item).map(({ outcome }) => outcome);
          for (const kind of EvidenceKind.options) {
            const without = { ...item, coverage: { ...item.coverage, [kind]: false } };
            const after = evaluateItem(catalog, population, without).map(({ outcome }) => outcome);
            const turned = after.findIndex((outcome, index) => outcome === "pass" && before[index] !== "pass");
            expect(turned).toBe(-1);
          }
        }
      }
    }
  });
});
