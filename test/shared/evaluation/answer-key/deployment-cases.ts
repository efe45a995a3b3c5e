import { loginOf } from "../../population/history.ts";
import type { AnswerCase, TellStory } from "./answer-case.ts";
import { hour, type Released } from "./released-story.ts";

const build =
  (job: string, conclusion: "success" | "failure" | "skipped" = "success"): TellStory<Released> =>
  (s) =>
    s.history.build(s.merge, conclusion, { job });
const staged = (s: Released, given: Parameters<Released["history"]["deploy"]>[1] = {}) =>
  s.deploy(15, { environment: "staging", production: false, id: "staged", ...given });
const say = (s: Released, text: string, channel = "releases") =>
  s.history.fact({ kind: "announcement", id: text, medium: "slack", channel, at: hour(20), by: loginOf("dan"), text });

/** The same for assertions on deployments. */
export const deploymentCases: readonly AnswerCase<Released>[] = [
  ["DEP-01 by-pipeline-from-release-branch", "the pipeline deployed a release", "pass", (s) => s.deploy()],
  [
    "DEP-01 by-pipeline-from-release-branch",
    "somebody deployed by hand",
    "fail",
    (s) => s.deploy(20, { byPipeline: false }),
  ],
  [
    "DEP-01 by-pipeline-from-release-branch",
    "the pipeline deployed a commit beside the release branch",
    "fail",
    (s) => s.history.deploy(s.history.commit({ at: 12 }), { at: hour(20) }),
  ],
  [
    "DEP-01 by-pipeline-from-release-branch",
    "deployments were not pulled whole",
    "no-evidence",
    (s) => s.deploy().history.without("deployments"),
  ],
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
    "one failed, ran again and passed",
    "pass",
    (s) => s.check("failure", 11).check("success", 12).deploy(),
  ],
  [
    "TST-02 all-test-stages-passed",
    "one failed and passed when it ran again after the deployment, and others had passed before",
    "fail",
    (s) => {
      build("test")(s);
      s.check("failure", 12).check("success", 21).deploy();
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
    "they ended only afterwards",
    "fail",
    (s) => {
      s.history.build(s.merge, "success", { job: "test", finishedAt: hour(30), jobFinishedAt: hour(25) });
      s.deploy();
    },
  ],
  [
    "TST-02 all-test-stages-passed",
    "when they ended is not told",
    "no-evidence",
    (s) => {
      s.history.build(s.merge, "success", { job: "test", finishedAt: null, jobFinishedAt: null });
      s.deploy();
    },
  ],
  [
    "TST-02 all-test-stages-passed",
    "they ran only afterwards",
    "fail",
    (s) => {
      build("test")(s);
      s.deploy(10.5);
    },
  ],
  [
    "TST-02 all-test-stages-passed",
    "builds between the arrival of its revision and the deployment were not pulled",
    "no-evidence",
    (s) => {
      build("test")(s);
      s.deploy();
      s.history.pulled("builds", { from: hour(15) });
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
  [
    "DEP-04 repaired-by-pipeline",
    "what was deployed until it was fixed forward was not pulled",
    "no-evidence",
    (s) => {
      s.deploy(20, { status: "failed" }).history.deploy(s.base, { at: hour(30) });
      s.history.pulled("deployments", { to: hour(25) });
    },
  ],
  ["DEP-04 repaired-by-pipeline", "never repaired", "fail", (s) => s.deploy(20, { status: "failed" })],
  [
    "DEP-04 repaired-by-pipeline",
    "deployments were not pulled",
    "no-evidence",
    (s) => s.deploy(20, { status: "failed" }).history.without("deployments"),
  ],
  ["DEP-04 repaired-by-pipeline", "it did not fail", "not-applicable", (s) => s.deploy(20, { status: "success" })],
  [
    "DEP-04 repaired-by-pipeline",
    "its record does not say how it ended",
    "no-evidence",
    (s) => s.deploy(20, { status: "" }),
  ],
  [
    "DEP-04 repaired-by-pipeline",
    "its record says no more than that it began",
    "no-evidence",
    (s) => s.deploy(20, { status: "in progress" }),
  ],
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
