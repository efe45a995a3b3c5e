import { describe, expect, it } from "vitest";
import { resolvePeriod } from "../../../shared/model/period.ts";
import { createEntityContext } from "../../../shared/population/entity-context.ts";
import { assembleIncidents } from "../../../shared/population/incident-assembly.ts";
import { assembleDocuments, assembleOccurrences } from "../../../shared/population/occurrence-assembly.ts";
import { weeksOf } from "../../../shared/population/occurrences.ts";
import { assembleAccessEvents, assembleDetectedChanges } from "../../../shared/population/production-assembly.ts";
import { createContexts } from "../../../shared/population/repository-context.ts";
import { assembleReviewPattern } from "../../../shared/population/review-pattern.ts";
import { History, loginOf, period } from "./history.ts";

const february = resolvePeriod("2026-02-02", "2026-02-15", "UTC");
const repository = "ledger";
const at = "2026-02-10T10:00:00.000Z";

function contextOf(history: History) {
  const input = history.input();
  return createEntityContext(input, createContexts(input), history.population().items.change);
}

function detectorRun(history: History, host: string, when: string, succeeded = true) {
  history.fact({
    ...{ kind: "detector-run", detector: "AIDE", host, at: when, objects: null, changes: succeeded ? 1 : 0, succeeded },
  });
}

describe("a week", () => {
  it("in which nothing was attested and no detector ran is there, and says so for each host", () => {
    const history = new History().with("detections", "attestations");
    detectorRun(history, "web1", "2026-02-03T01:00:00.000Z");
    detectorRun(history, "web1", "2026-02-04T01:00:00.000Z", false);
    detectorRun(history, "web2", "2026-02-10T01:00:00.000Z");
    const [first, second] = assembleOccurrences(contextOf(history), weeksOf(february), february);
    expect(first?.id).toBe("2026-W06");
    expect(first?.attestations).toEqual([]);
    expect(first?.detections).toEqual([
      { host: "web1", detector: "AIDE", runs: 1, failedRuns: 1, changes: 1 },
      { host: "web2", detector: "AIDE", runs: 0, failedRuns: 0, changes: 0 },
    ]);
    expect(second?.detections.map(({ runs }) => runs)).toEqual([0, 1]);
    expect(first?.coverage).toMatchObject({ detections: true, convergence: false });
  });

  it("has what was attested for it, by whom, with what is still open", () => {
    const history = new History().with("attestations");
    history.fact({
      ...{ kind: "attestation", id: "1", control: "OPS-01", occurrence: "2026-w06", by: loginOf("dan"), at, note: "" },
      checklist: [
        { id: "read", done: true, note: "" },
        { id: "asked", done: false, note: "" },
      ],
      documents: [{ sha256: "e".repeat(64), name: "minutes.pdf" }],
    });
    const [first, second] = assembleOccurrences(contextOf(history), weeksOf(february), february);
    expect(first?.attestations).toMatchObject([
      { control: "OPS-01", by: { id: "dan" }, done: ["read"], open: ["asked"] },
    ]);
    expect(second?.attestations).toEqual([]);
  });
});

describe("a document that the catalog asks for", () => {
  it("is an item also when nobody attested it", () => {
    const asked = [{ control: "POL-01", id: "change-policy", title: "The change policy" }];
    const [item] = assembleDocuments(contextOf(new History()), asked, february);
    expect(item).toMatchObject({ id: "POL-01/change-policy", attestations: [], coverage: { attestations: false } });
  });
});

describe("an event of production's access logs", () => {
  it("belongs to a person with roles, and is one event however often it was received", () => {
    const history = new History().with("access");
    for (const _ of [1, 2]) {
      history.fact({
        ...{ kind: "access-event", id: "line 4", log: "auth.log", host: "web1", at, by: loginOf("ada"), as: "root" },
        ...{ action: "command", what: "rm -rf /srv", writes: true, from: "10.0.0.1" },
      });
    }
    const events = assembleAccessEvents(contextOf(history), february);
    expect(events).toMatchObject([{ by: { id: "ada", roles: ["developer"] }, writes: "yes", as: "root" }]);
  });
});

describe("what was done in a session", () => {
  const tell = (history: History, id: string, by: string, keys: { session?: string; opens?: string }) =>
    history.fact({
      ...{ kind: "access-event", id, log: "CloudTrail", host: "1", at, by, as: "Admin", from: "10.0.0.1", ...keys },
      ...{ action: "api-call", what: `sts:${id}`, writes: true },
    });

  it("was done by whoever opened it, through any number of sessions, and that is evidence of it", () => {
    const history = new History().with("access");
    tell(history, "open", loginOf("ada"), { opens: "ASIA1" });
    tell(history, "chain", "Admin/deploy-bot", { session: "ASIA1", opens: "ASIA2" });
    tell(history, "write", "Prod/deploy-bot", { session: "ASIA2" });
    const [, , written] = assembleAccessEvents(contextOf(history), february);
    expect(written).toMatchObject({ by: { id: "ada", bot: false }, as: "Admin" });
    expect(written?.evidence).toHaveLength(3);
  });

  it("was done by an account that nobody vouches for where the log does not tell who opened it", () => {
    const history = new History().with("access");
    tell(history, "write", "Prod/deploy-bot", { session: "ASIA2" });
    tell(history, "loop", "Prod/x", { session: "ASIA3", opens: "ASIA3" });
    const [written, loop] = assembleAccessEvents(contextOf(history), february);
    expect(written?.by).toMatchObject({ known: false, account: "Prod/deploy-bot" });
    expect(loop?.by.known).toBe(false);
  });
});

describe("a detected change", () => {
  function detected(tell: (history: History, merge: string) => void) {
    const history = new History().with("detections", "convergence");
    const base = history.commit({ at: 0 });
    const merge = history.merge(base, history.commit({ parents: [base] }));
    history.main(merge);
    history.fact({
      ...{ kind: "detected-change", id: "", detector: "AIDE", host: "web1", at, since: "2026-02-09T10:00:00.000Z" },
      ...{ what: "changed", path: "/etc/app.conf", detail: "SHA256", severity: "" },
    });
    tell(history, merge);
    return assembleDetectedChanges(contextOf(history), february)[0]?.explanations;
  }
  const run = (history: History, revision: string, given: { host?: string; when?: string; changed?: string[] } = {}) =>
    history.fact({
      ...{ kind: "convergence-run", tool: "puppet", id: "run", environment: "production", revision },
      ...{ host: given.host ?? "web1", startedAt: given.when ?? "2026-02-10T04:00:00.000Z", finishedAt: null },
      ...{ outcome: "changed", changed: given.changed ?? ["File[/etc/app.conf]"] },
    });

  it("is explained by a run on its host, between the detector's runs, that names its path", () => {
    expect(detected((history, merge) => run(history, merge))).toMatchObject([
      { by: "convergence", namesPath: true, onReleaseBranch: true },
    ]);
  });

  it("is not explained by a run on another host or at another time", () => {
    expect(detected((history, merge) => run(history, merge, { host: "web2" }))).toEqual([]);
    expect(detected((history, merge) => run(history, merge, { when: "2026-02-08T04:00:00.000Z" }))).toEqual([]);
  });

  it("is told when the run changed another path, or came from a commit that is on no release branch", () => {
    expect(detected((history, merge) => run(history, merge, { changed: ["File[/etc/app.conf.d]"] }))).toMatchObject([
      { namesPath: false },
    ]);
    expect(detected((history) => run(history, "f".repeat(40)))).toMatchObject([{ onReleaseBranch: false }]);
  });
});

describe("an incident", () => {
  it("has its follow-ups with what they changed, and the documents that name it", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const fix = history.commit({ parents: [base], at: 200, message: "LED-2 Add a test\n" });
    history.main(fix);
    history.fact({ kind: "changed-paths", repository, commit: fix, paths: [{ path: "test/a.test.ts", status: "A" }] });
    history.ticket("LED-1", { type: "Production incident", createdAt: at, summary: "Down" }).ticket("LED-2");
    history.fact({ kind: "ticket-link", key: "LED-1", relation: "is fixed by", to: "LED-2", url: "" });
    for (const name of ["post-mortem LED-1.pdf", "post-mortem LED-12.pdf"]) {
      history.fact({ kind: "attachment", name, note: "", mediaType: "application/pdf", size: 1 });
    }
    const incidents = assembleIncidents(contextOf(history), february);
    expect(incidents).toMatchObject([
      {
        id: "LED-1",
        documents: ["post-mortem LED-1.pdf"],
        followUps: [{ key: "LED-2", relation: "is fixed by", paths: ["test/a.test.ts"], done: true }],
      },
    ]);
  });
});

describe("the pattern of a repository's reviews", () => {
  it("names the pairs who approve each other, and the changes behind them", () => {
    const history = new History();
    let tip = history.commit({ at: 0 });
    const merges: string[] = [];
    for (let number = 1; number <= 6; number += 1) {
      const [author, reviewer] = number % 2 === 0 ? (["ada", "ben"] as const) : (["ben", "ada"] as const);
      const head = history.commit({ by: author, parents: [tip] });
      tip = history.merge(tip, head);
      merges.push(tip);
      history.request(number, { head, mergeCommit: tip, author: loginOf(author) }).review(number, reviewer, head);
    }
    history.main(tip);
    const input = history.input();
    const [context] = createContexts(input);
    if (!context) throw new Error("There is no repository.");
    const pattern = assembleReviewPattern(context, history.population().items.change, period);
    expect(pattern).toMatchObject({ approved: 6, authors: 2, reviewers: 2, reciprocity: 1000, withoutComment: 1000 });
    expect(pattern.pairs).toHaveLength(2);
    expect(pattern.changes.sort()).toEqual(merges.map((commit) => `ledger@${commit}`).sort());
  });
});
