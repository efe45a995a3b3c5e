import { resolvePeriod } from "../../../../shared/model/period.ts";
import type { PopulationKind } from "../../../../shared/model/population-kind.ts";
import type { AnswerCase, TellStory } from "./answer-case.ts";
import type { EntityStory } from "./entity-story.ts";

/** Cases on the items of one population, that of the story's `about`. */
export interface EntityCases {
  readonly population: PopulationKind;
  readonly about: string;
  readonly cases: readonly AnswerCase<EntityStory>[];
}

const nothing: TellStory<EntityStory> = () => {};

/** What is the same of every control that somebody attests. */
function attestedCases(
  assertion: string,
  done: readonly string[],
  time: { readonly inTime: string; readonly early: string; readonly late: string },
): AnswerCase<EntityStory>[] {
  const [control = ""] = assertion.split(" ");
  const attest =
    (given: Parameters<EntityStory["attest"]>[2] = {}): TellStory<EntityStory> =>
    (s) =>
      s.attest(control, done, { at: time.inTime, ...given });
  return [
    [assertion, "somebody in charge attested all of it with a document", "pass", attest()],
    [assertion, "nobody attested anything", "fail", nothing],
    [assertion, "another control was attested", "fail", (s) => s.attest("XXX-01", done, { at: time.inTime })],
    [assertion, "another time was attested", "fail", attest({ occurrence: "2026-W09" })],
    [assertion, "somebody without the role attested it", "fail", attest({ by: "ben" })],
    [assertion, "a bot attested it", "fail", attest({ by: "robo" })],
    [assertion, "a point was left open", "fail", attest({ done: done.slice(1), open: done.slice(0, 1) })],
    [assertion, "a point was left out", "fail", attest({ done: done.slice(1) })],
    [assertion, "no document was attached", "fail", attest({ document: null })],
    [assertion, "it was attested too early", "fail", attest({ at: time.early })],
    [assertion, "it was attested too late", "fail", attest({ at: time.late })],
    [
      assertion,
      "two attested a half each",
      "fail",
      (s) => {
        attest({ done: done.slice(1) })(s);
        attest({ done: done.slice(0, 1), by: "olaf" })(s);
      },
    ],
    [assertion, "only a stranger attested it", "no-evidence", attest({ by: "stranger" })],
    [assertion, "its document was not handed over", "no-evidence", attest({ received: false })],
    [assertion, "attestations were not pulled", "no-evidence", (s) => s.history.without("attestations")],
  ];
}

const inPart = (about: string): TellStory<EntityStory> => {
  return (s) => {
    s.about = about;
  };
};

const shortPeriod: TellStory<EntityStory> = (s) => {
  s.period = resolvePeriod("2026-02-01", "2026-03-31", "UTC");
};

const logsRead = ["logs-read", "findings-followed-up"];
const alertsHandled = ["alerts-looked-at", "unexplained-have-tickets"];
const weekly = {
  inTime: "2026-02-10T09:00:00.000Z",
  early: "2026-02-06T09:00:00.000Z",
  late: "2026-03-20T09:00:00.000Z",
};
const quarterly = {
  inTime: "2026-04-10T09:00:00.000Z",
  early: "2025-12-20T09:00:00.000Z",
  late: "2026-06-20T09:00:00.000Z",
};

const weeks: EntityCases = {
  population: "week",
  about: "2026-W06",
  cases: [
    ...attestedCases("OPS-01 attested-for-the-week", logsRead, weekly),
    ["OPS-01 attested-for-the-week", "the period covers it in part", "not-applicable", inPart("2026-W01")],
    [
      "OPS-01 attested-for-the-week",
      "the period covers it in part, and the policy asks for it all the same",
      "fail",
      inPart("2026-W01"),
      { "OPS-01": { parts: true } },
    ],
    [
      "OPS-03 ran-on-every-host",
      "the detector ran on every host",
      "pass",
      (s) => s.detectorRun().detectorRun({ host: "web2" }),
      { "OPS-03": { hosts: ["web1", "web2"] } },
    ],
    [
      "OPS-03 ran-on-every-host",
      "it ran on all but one",
      "fail",
      (s) => s.detectorRun(),
      { "OPS-03": { hosts: ["web1", "web2"] } },
    ],
    [
      "OPS-03 ran-on-every-host",
      "it ran on one host in another week only",
      "fail",
      (s) => s.detectorRun().detectorRun({ host: "web2", at: "2026-02-20T01:00:00.000Z" }),
    ],
    [
      "OPS-03 ran-on-every-host",
      "its only run broke off",
      "fail",
      (s) => s.detectorRun({ succeeded: false }),
      { "OPS-03": { hosts: ["web1"] } },
    ],
    ["OPS-03 ran-on-every-host", "nobody says which hosts there are", "no-evidence", (s) => s.detectorRun()],
    [
      "OPS-03 ran-on-every-host",
      "no detector's reports were pulled",
      "no-evidence",
      (s) => s.detectorRun().history.without("detections"),
      { "OPS-03": { hosts: ["web1"] } },
    ],
    [
      "OPS-03 ran-on-every-host",
      "the detector ran on each host that is named, and other weeks, in which another one may have reported, were not pulled",
      "no-evidence",
      (s) => s.detectorRun().history.pulled("detections", { to: "2026-02-16T00:00:00.000Z" }),
      { "OPS-03": { hosts: ["web1"] } },
    ],
    [
      "OPS-03 ran-on-every-host",
      "another detector ran on its host in another week only",
      "fail",
      (s) => s.detectorRun().detectorRun({ detector: "Tripwire", at: "2026-02-20T01:00:00.000Z" }),
      { "OPS-03": { hosts: ["web1"] } },
    ],
    [
      "OPS-03 ran-on-every-host",
      "the report of its only run was handed over twice, and two are asked for",
      "fail",
      (s) => s.detectorRun().detectorRun(),
      { "OPS-03": { hosts: ["web1"], leastRuns: 2 } },
    ],
    ["OPS-03 ran-on-every-host", "the period covers it in part", "not-applicable", inPart("2026-W01")],
    ...attestedCases("OPS-03 alerts-handled", alertsHandled, weekly).map(
      ([assertion, words, outcome, tell]): AnswerCase<EntityStory> => [
        assertion,
        `the detector found something, and ${words}`,
        outcome,
        (s) => tell(s.detectorRun({ changes: 2 })),
      ],
    ),
    ["OPS-03 alerts-handled", "the detector found nothing", "not-applicable", (s) => s.detectorRun()],
    [
      "OPS-03 alerts-handled",
      "a detector that tells of no runs found something, and nobody attested it",
      "fail",
      (s) => s.detected(),
    ],
  ],
};

const quarters: EntityCases = {
  population: "quarter",
  about: "2026-Q1",
  cases: [
    ...attestedCases(
      "REV-07 attested-for-the-quarter",
      ["reviews-read", "figures-looked-at", "findings-followed-up"],
      quarterly,
    ),
    [
      "REV-07 attested-for-the-quarter",
      "it was attested before the quarter was over",
      "fail",
      (s) =>
        s.attest("REV-07", ["reviews-read", "figures-looked-at", "findings-followed-up"], {
          at: "2026-03-02T09:00:00.000Z",
        }),
    ],
    ...attestedCases(
      "OPS-02 attested-for-the-quarter",
      ["accounts-compared", "credentials-looked-at", "removals-done"],
      quarterly,
    ),
    ["REV-07 attested-for-the-quarter", "the period covers it in part", "not-applicable", shortPeriod],
    ["OPS-02 attested-for-the-quarter", "the period covers it in part", "not-applicable", shortPeriod],
  ],
};

const documents: EntityCases = {
  population: "document",
  about: "POL-01/change-policy",
  cases: [
    ...attestedCases("POL-01 documented-and-approved", ["change-policy"], {
      inTime: "2025-11-03T09:00:00.000Z",
      early: "2024-06-01T09:00:00.000Z",
      late: "2026-04-10T09:00:00.000Z",
    }).filter(([, words]) => !/half|left out/.test(words)),
    [
      "POL-01 documented-and-approved",
      "the approval is of another document",
      "fail",
      (s: EntityStory) =>
        s.attest("POL-01", ["access-policy"], { occurrence: "change-policy", at: "2025-11-03T09:00:00.000Z" }),
    ],
    [
      "POL-01 documented-and-approved",
      "the entity does without it by its own decision",
      "not-applicable",
      nothing,
      { "POL-01": { notNeeded: ["change-policy"] } },
    ],
  ].map(([assertion, words, outcome, tell, parameters]) => [
    assertion,
    words,
    outcome,
    (s: EntityStory) => {
      // A document is attested by its own name, and is an item by that of its control too.
      const { about } = s;
      s.about = "change-policy";
      (tell as TellStory<EntityStory>)(s);
      s.about = about;
    },
    parameters,
  ]) as AnswerCase<EntityStory>[],
};

const events: EntityCases = {
  population: "access-event",
  about: "auth.log/web1/1",
  cases: [
    [
      "SOD-02 no-write-by-developer",
      "operations changed something",
      "pass",
      (s) => s.access("olaf", "command", "systemctl restart app", true),
    ],
    [
      "SOD-02 no-write-by-developer",
      "a developer read something",
      "pass",
      (s) => s.access("ada", "command", "journalctl -u app", false),
    ],
    [
      "SOD-02 no-write-by-developer",
      "the pipeline's bot changed something",
      "pass",
      (s) => s.access("robo", "command", "systemctl restart app", true),
    ],
    [
      "SOD-02 no-write-by-developer",
      "a developer changed something",
      "fail",
      (s) => s.access("ada", "command", "rm -rf /srv", true),
    ],
    [
      "SOD-02 no-write-by-developer",
      "a developer changed an account",
      "fail",
      (s) => s.access("ada", "account-change", "useradd eve", true),
    ],
    [
      "SOD-02 no-write-by-developer",
      "a developer did what may change something",
      "no-evidence",
      (s) => s.access("ada", "command", "bash", null),
    ],
    [
      "SOD-02 no-write-by-developer",
      "a stranger changed something",
      "no-evidence",
      (s) => s.access("stranger", "command", "rm -rf /srv", true),
    ],
    [
      "SOD-02 no-write-by-developer",
      "a stranger only read",
      "no-evidence",
      (s) => s.access("stranger", "command", "journalctl", false),
    ],
    [
      "SOD-02 no-write-by-developer",
      "somebody without any role changed something",
      "no-evidence",
      (s) => s.access("nora", "command", "rm -rf /srv", true),
    ],
    [
      "SOD-02 no-write-by-developer",
      "the log was not pulled",
      "no-evidence",
      (s) => s.access("ada", "command", "rm -rf /srv", true).history.without("access"),
    ],
    [
      "SOD-02 no-write-by-developer",
      "a developer logged in",
      "not-applicable",
      (s) => s.access("ada", "login", "ssh", null),
    ],
    [
      "SOD-02 no-write-by-developer",
      "a developer was refused",
      "not-applicable",
      (s) => s.access("ada", "command-refused", "rm -rf /srv", true),
    ],
  ],
};

/** Begun before the detector's run before the change, and ended after it. */
const astride = { startedAt: "2026-02-03T09:50:00.000Z", finishedAt: "2026-02-03T10:05:00.000Z" };
const ofDeployments = { "SOD-03": { deployedPaths: ["/etc/app.conf"] } };

const detectedChanges: EntityCases = {
  population: "detected-change",
  about: "AIDE/web1/",
  cases: [
    [
      "SOD-03 explained-by-pipeline",
      "the configuration tool names it, from a commit of the release branch",
      "pass",
      (s) => s.detected().converged(),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "the pipeline deployed to a path that only deployments write",
      "pass",
      (s) => s.detected().deployed(),
      ofDeployments,
    ],
    ["SOD-03 explained-by-pipeline", "nothing happened between the detector's runs", "fail", (s) => s.detected()],
    [
      "SOD-03 explained-by-pipeline",
      "the configuration tool changed another path",
      "fail",
      (s) => s.detected().converged({ changed: ["File[/etc/other.conf]"] }),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "the configuration tool names it, from a commit that is on no release branch",
      "fail",
      (s) => s.detected().converged({ revision: "f".repeat(40) }),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "one run from the release branch names it, and one from elsewhere",
      "fail",
      (s) =>
        s
          .detected()
          .converged()
          .converged({ revision: "f".repeat(40) }),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "a run that names it began before the detector's run before",
      "no-evidence",
      (s) => s.detected().converged(astride),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "the end of a run that names it, and began before the detector's run before, is not known",
      "no-evidence",
      (s) => s.detected().converged({ startedAt: astride.startedAt, finishedAt: null }),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "two runs from the release branch name it, of which one began before the detector's run before",
      "pass",
      (s) => s.detected().converged(astride).converged(),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "a run names it, and another one, from elsewhere, began before the detector's run before",
      "no-evidence",
      (s) =>
        s
          .detected()
          .converged({ ...astride, revision: "f".repeat(40) })
          .converged(),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "a run names it, and those that began before the detector's run before were not pulled",
      "no-evidence",
      (s) => s.detected().converged().history.pulled("convergence", { from: "2026-02-03T10:00:00.000Z" }),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "a run from elsewhere changed it and failed, and the pipeline deployed",
      "fail",
      (s) =>
        s
          .detected()
          .converged({ revision: "f".repeat(40), outcome: "failed" })
          .deployed(),
      ofDeployments,
    ],
    ["SOD-03 explained-by-pipeline", "somebody deployed by hand", "fail", (s) => s.detected().deployed(false)],
    [
      "SOD-03 explained-by-pipeline",
      "somebody deployed by hand beside the pipeline, to a path of deployments",
      "fail",
      (s) => s.detected().deployed().deployed(false),
      ofDeployments,
    ],
    [
      "SOD-03 explained-by-pipeline",
      "the pipeline deployed, and nothing says that it changed the path",
      "no-evidence",
      (s) => s.detected().deployed(),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "a run names it, and others may not have been pulled",
      "no-evidence",
      (s) => s.detected().converged().history.without("convergence"),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "the runs of the configuration tool were not pulled",
      "no-evidence",
      (s) => s.detected().history.without("convergence"),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "there is no configuration tool, and nothing explains it",
      "fail",
      (s) => s.detected().history.without("convergence"),
      { "SOD-03": { configurationTool: false } },
    ],
    [
      "SOD-03 explained-by-pipeline",
      "deployments were not pulled",
      "no-evidence",
      (s) => s.detected().converged().history.without("deployments"),
    ],
    [
      "SOD-03 explained-by-pipeline",
      "the policy says that the path changes by itself",
      "not-applicable",
      (s) => s.detected("/var/log/app/today.log"),
      { "SOD-03": { ignoredPaths: ["/var/log/"] } },
    ],
  ],
};

const incidents: EntityCases = {
  population: "incident",
  about: "LED-7",
  cases: [
    [
      "PMT-01 has-post-mortem",
      "a document is its post-mortem",
      "pass",
      (s) => s.incident().document("LED-7 post-mortem.pdf"),
    ],
    [
      "PMT-01 has-post-mortem",
      "a finished ticket is its post-mortem",
      "pass",
      (s) => s.incident().followedBy("LED-8", { summary: "Post-mortem of the outage" }),
    ],
    [
      "PMT-01 has-post-mortem",
      "its post-mortem is not finished",
      "fail",
      (s) => s.incident().followedBy("LED-8", { summary: "Post-mortem", statusCategory: "new" }),
    ],
    [
      "PMT-01 has-post-mortem",
      "the finished post-mortem that it links to was raised before it",
      "fail",
      (s) => s.incident().followedBy("LED-8", { summary: "Post-mortem", createdAt: "2026-01-20T09:00:00.000Z" }),
    ],
    ["PMT-01 has-post-mortem", "only a screenshot names it", "fail", (s) => s.incident().document("LED-7 graph.png")],
    [
      "PMT-01 has-post-mortem",
      "another incident has one",
      "fail",
      (s) => s.incident().document("LED-71 post-mortem.pdf"),
    ],
    [
      "PMT-01 has-post-mortem",
      "documents were not pulled",
      "no-evidence",
      (s) => s.incident().history.without("attachments"),
    ],
    [
      "PMT-01 has-post-mortem",
      "tickets were not pulled",
      "no-evidence",
      (s) => s.incident().document("LED-7 post-mortem.pdf").history.without("tickets"),
    ],
    [
      "PMT-01 has-post-mortem",
      "it was no incident after all",
      "not-applicable",
      (s) => s.incident({ status: "Duplicate" }),
    ],
    [
      "PMT-02 came-back-as-tests",
      "the change of a follow-up brought a test",
      "pass",
      (s) => s.incident().followedBy("LED-8").changed("LED-8", "src/a.ts", "test/a.test.ts"),
    ],
    [
      "PMT-02 came-back-as-tests",
      "a change that names it brought a test",
      "pass",
      (s) => s.incident().changed("LED-7", "test/a.test.ts"),
    ],
    [
      "PMT-02 came-back-as-tests",
      "the change of its follow-up brought none",
      "fail",
      (s) => s.incident().followedBy("LED-8").changed("LED-8", "src/a.ts"),
    ],
    [
      "PMT-02 came-back-as-tests",
      "the change that brought it about, to which it links, had come with a test",
      "fail",
      (s) => s.incident().followedBy("LED-8").brought("LED-8", ["src/a.ts", "test/a.test.ts"], { at: 1 }),
    ],
    [
      "PMT-02 came-back-as-tests",
      "the change of its follow-up took a test away",
      "fail",
      (s) => s.incident().followedBy("LED-8").brought("LED-8", ["test/a.test.ts"], { status: "D" }),
    ],
    ["PMT-02 came-back-as-tests", "nothing followed", "fail", (s) => s.incident()],
    [
      "PMT-02 came-back-as-tests",
      "what the change of its follow-up touched is not known",
      "no-evidence",
      (s) => s.incident().followedBy("LED-8").changed("LED-8"),
    ],
    [
      "PMT-02 came-back-as-tests",
      "no ticket source has the ticket that it links to",
      "no-evidence",
      (s) => s.incident().linkedTo("OPS-1"),
    ],
    [
      "PMT-01 has-post-mortem",
      "no ticket source has the ticket that it links to",
      "no-evidence",
      (s) => s.incident().linkedTo("OPS-1"),
    ],
    [
      "PMT-02 came-back-as-tests",
      "commits were not pulled",
      "no-evidence",
      (s) => s.incident().history.without("commits"),
    ],
    [
      "PMT-02 came-back-as-tests",
      "it was no incident after all",
      "not-applicable",
      (s) => s.incident({ status: "Duplicate" }),
    ],
  ],
};

/** Everybody's changes go round all the others. */
const round = ["ada ben", "ben cleo", "cleo dan", "dan ada", "ada cleo", "ben dan", "cleo ada", "dan ben"];
const spreadOut = [...round, "ada dan", "ben ada", "cleo ben", "dan cleo", ...round];
const pairs = ["ada ben", "ben ada", "cleo dan", "dan cleo", "mia olaf", "olaf mia"];
const paired = Array.from({ length: 5 }, () => pairs).flat();
const oneForAll = Array.from({ length: 8 }, () => ["ada dan", "ben dan", "cleo dan"]).flat();

const patterns: EntityCases = {
  population: "review-pattern",
  about: "ledger",
  cases: [
    ["REV-05 spread-as-by-chance", "the approvals go round", "pass", (s) => s.reviewed(spreadOut)],
    ["REV-05 spread-as-by-chance", "two and two approve each other", "fail", (s) => s.reviewed(paired)],
    ["REV-05 spread-as-by-chance", "one person approves for all", "fail", (s) => s.reviewed(oneForAll)],
    ["REV-05 spread-as-by-chance", "there are too few to tell", "no-evidence", (s) => s.reviewed(paired.slice(0, 8))],
    [
      "REV-05 spread-as-by-chance",
      "reviews were not pulled",
      "no-evidence",
      (s) => s.reviewed(spreadOut).history.without("reviews"),
    ],
    [
      "REV-05 spread-as-by-chance",
      "nobody approved anything",
      "not-applicable",
      (s) => s.history.main(s.history.commit({ at: 0 })),
    ],
    ["REV-03 not-by-habit", "the approvals go round, with words and time", "pass", (s) => s.reviewed(spreadOut)],
    ["REV-03 not-by-habit", "two and two approve each other", "fail", (s) => s.reviewed(paired)],
    ["REV-03 not-by-habit", "one person approves for all", "fail", (s) => s.reviewed(oneForAll)],
    ["REV-03 not-by-habit", "nobody says a word", "fail", (s) => s.reviewed(spreadOut, { comment: false })],
    [
      "REV-03 not-by-habit",
      "they are approved sooner than they can be read",
      "fail",
      (s) => s.reviewed(spreadOut, { hours: 0.01, lines: 900 }),
    ],
    ["REV-03 not-by-habit", "there are too few to tell", "no-evidence", (s) => s.reviewed(paired.slice(0, 8))],
    [
      "REV-03 not-by-habit",
      "how large they are is not known",
      "no-evidence",
      (s) => s.reviewed(spreadOut, { lines: 0 }),
    ],
    [
      "REV-03 not-by-habit",
      "what was said was not pulled, so that their silence means nothing",
      "no-evidence",
      (s) => s.reviewed(spreadOut, { comment: false }).history.without("comments"),
    ],
    [
      "REV-03 not-by-habit",
      "nobody approved anything",
      "not-applicable",
      (s) => s.history.main(s.history.commit({ at: 0 })),
    ],
  ],
};

export const entityCases: readonly EntityCases[] = [
  weeks,
  quarters,
  documents,
  events,
  detectedChanges,
  incidents,
  patterns,
];
