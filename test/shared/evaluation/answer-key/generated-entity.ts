import fc from "fast-check";
import { loginOf } from "../../population/history.ts";
import { EntityStory } from "./entity-story.ts";
import { repository } from "./released-story.ts";

/*
 * What an entity may have done in a quarter, told at random out of the steps of the answer key. Persons, weeks, hosts and
 * tickets are few, so that what is told often belongs together: an attestation to the week that it is about, a run to the
 * change that it explains.
 */

/** Something that an entity did, in the words of the answer key. */
type Step = (story: EntityStory) => unknown;

const day = (number: number, hour = 9) => new Date(Date.UTC(2026, 0, number, hour)).toISOString();
const person = fc.constantFrom("mia", "mia", "olaf", "ben", "robo", "nora", "stranger");
/** The policies name the first two. */
const host = fc.constantFrom("web1", "web1", "web2", "web2", "web3");
const detector = fc.constantFrom("AIDE", "AIDE", "AIDE", "Tripwire");
const path = fc.constantFrom("/etc/app.conf", "/srv/app", "/var/log/app.log");

/** What each attested control asks to have ticked, and of what its attestations are. */
const attested = [
  ["OPS-01", ["logs-read", "findings-followed-up"], ["2026-W05", "2026-W06"], 33],
  ["OPS-03", ["alerts-looked-at", "unexplained-have-tickets"], ["2026-W05", "2026-W06"], 41],
  ["OPS-02", ["accounts-compared", "credentials-looked-at", "removals-done"], ["2026-Q1"], 100],
  ["REV-07", ["reviews-read", "figures-looked-at", "findings-followed-up"], ["2026-Q1"], 100],
  ["POL-01", ["change-policy"], ["change-policy"], 12],
] as const;

const attestation: fc.Arbitrary<Step> = fc
  .record({
    about: fc.constantFrom(...attested),
    by: person,
    late: fc.constantFrom(0, 0, 0, -20, 60),
    leaves: fc.constantFrom(0, 0, 0, 1),
    document: fc.constantFrom("given", "given", "given", "none", "not handed over"),
    which: fc.nat({ max: 1 }),
  })
  .map(({ about: [control, asked, occurrences, usual], by, late, leaves, document, which }) => (story) => {
    const occurrence = occurrences[which % occurrences.length] ?? "";
    story.attest(control, asked, {
      ...{ occurrence, by, at: day(usual + late), done: asked.slice(leaves), open: asked.slice(0, leaves) },
      ...(document === "none" ? { document: null } : { received: document === "given" }),
    });
  });

const detectorRun: fc.Arbitrary<Step> = fc
  .record({
    detector,
    host,
    changes: fc.constantFrom(0, 2),
    succeeded: fc.boolean(),
    on: fc.integer({ min: 26, max: 41 }),
  })
  .map(
    ({ on, ...given }) =>
      (story) =>
        story.detectorRun({ ...given, at: day(on, 1) }),
  );

const access: fc.Arbitrary<Step> = fc
  .record({
    by: fc.constantFrom("ada", "olaf", "robo", "nora", "stranger"),
    action: fc.constantFrom("command", "login", "api-call", "command-refused"),
    writes: fc.constantFrom(true, false, null),
  })
  .map(
    ({ by, action, writes }) =>
      (story) =>
        story.access(by, action, "systemctl restart app", writes),
  );

const detected: fc.Arbitrary<Step> = path.map((named) => (story) => story.detected(named));
/** Of the hours before the change is found; the detector's run before was twenty-four of them earlier. */
const beforeFound = fc.integer({ min: 1, max: 27 });
const foundAt = Date.parse("2026-02-04T10:00:00.000Z");
const hoursBefore = (hours: number) => new Date(foundAt - hours * 3_600_000).toISOString();
const converged: fc.Arbitrary<Step> = fc
  .record({
    revision: fc.constantFrom("", "", "f".repeat(40)),
    changed: fc.constantFrom(["File[/etc/app.conf]"], ["/srv/app"], ["File[/etc/app.conf]", "/srv/app"], []),
    began: beforeFound,
    took: fc.constantFrom(0.5, 4, null),
    outcome: fc.constantFrom("changed", "changed", "failed", "audit"),
  })
  .map(({ began, took, ...given }) => (story) => {
    const finishedAt = took === null ? null : hoursBefore(began - took);
    story.converged({ ...given, startedAt: hoursBefore(began), finishedAt });
  });
const deployed: fc.Arbitrary<Step> = fc.record({ byPipeline: fc.boolean(), hours: beforeFound }).map(
  ({ byPipeline, hours }) =>
    (story) =>
      story.deployed(byPipeline, hoursBefore(hours)),
);

const about = fc.constantFrom("LED-7", "LED-8");
const incident: fc.Arbitrary<Step> = fc.record({ key: about, status: fc.constantFrom("Done", "Duplicate") }).map(
  ({ key, status }) =>
    (story) =>
      naming(story, key).incident({ status }),
);
const followUp: fc.Arbitrary<Step> = fc
  .record({
    key: about,
    summary: fc.constantFrom("Post-mortem of it", "Repair it"),
    statusCategory: fc.constantFrom("done", "new"),
  })
  .map(
    ({ key, ...given }) =>
      (story) =>
        naming(story, key).followedBy("LED-9", given),
  );
const changed: fc.Arbitrary<Step> = fc
  .record({
    key: fc.constantFrom("LED-7", "LED-8", "LED-9"),
    paths: fc.subarray(["src/a.ts", "test/a.test.ts"]),
  })
  .map(
    ({ key, paths }) =>
      (story) =>
        story.changed(key, ...paths),
  );
const document: fc.Arbitrary<Step> = fc
  .constantFrom("LED-7 post-mortem.pdf", "LED-8 graph.png", "minutes.pdf")
  .map((named) => (story) => story.document(named));

function naming(story: EntityStory, key: string): EntityStory {
  story.about = key;
  return story;
}

/** What the entity did beside its changes. */
export const generatedEntity: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: attestation },
    { weight: 4, arbitrary: detectorRun },
    { weight: 2, arbitrary: converged },
    ...[access, detected, deployed, incident, followUp, changed, document].map((arbitrary) => ({
      weight: 1,
      arbitrary,
    })),
  ),
  { minLength: 6, maxLength: 24 },
);

/** One detector on two hosts, as it should run, and now and then another one, or one on a host that no policy names. */
const usualRun: fc.Arbitrary<Step> = fc
  .record({
    host: fc.constantFrom("web1", "web2"),
    changes: fc.constantFrom(0, 0, 2),
    on: fc.constantFrom(28, 35),
  })
  .map(
    ({ on, ...given }) =>
      (story) =>
        story.detectorRun({ ...given, at: day(on, 1) }),
  );

/** What detectors and the configuration tool reported of production. */
export const generatedProduction: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: usualRun },
    { weight: 1, arbitrary: detectorRun },
    { weight: 4, arbitrary: converged },
    { weight: 2, arbitrary: detected },
    { weight: 1, arbitrary: deployed },
  ),
  { minLength: 6, maxLength: 14 },
);

const reviewers = ["ada", "ben", "cleo", "dan", "mia"];

/** How an entity's requests were reviewed: as many as a statistic needs, with events that can take an approval's worth. */
export const generatedReviews: fc.Arbitrary<readonly Step[]> = fc
  .record({
    pairs: fc.array(
      fc.constantFrom(...reviewers.flatMap((author) => reviewers.map((reviewer) => `${author} ${reviewer}`))),
      { minLength: 16, maxLength: 30 },
    ),
    given: fc.record({
      lines: fc.constantFrom(50, 0, 900),
      hours: fc.constantFrom(2, 0.01),
      comment: fc.boolean(),
    }),
    retargeted: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }),
  })
  .map(({ pairs, given, retargeted }) => [
    (story) => story.reviewed(pairs, given),
    (story) => {
      story.history.with("events", "contents");
      for (const request of retargeted) {
        // Just before its merge, so that what was approved before was given on something else.
        const at = new Date(Date.parse("2026-02-02T09:00:00.000Z") + ((request - 1) * 20 + 18.5) * 3_600_000);
        story.history.fact({
          ...{ kind: "request-event", repository, request, id: `${request}`, event: "retargeted", word: "retargeted" },
          ...{ at: at.toISOString(), by: loginOf("dan"), commit: "", previousCommit: "", text: "" },
        });
      }
    },
  ]);

export function tellEntity(steps: readonly Step[]): EntityStory {
  const story = new EntityStory("2026-W06");
  for (const step of steps) step(story);
  return story;
}
