import { describe, expect, it } from "vitest";
import { Released } from "../evaluation/answer-key/released-story.ts";
import { emailOf, History, loginOf } from "./history.ts";

const repository = "ledger";
const at = "2026-02-10T10:00:00.000Z";

/** A change with a request, a ticket and a release, to hang a trail on. */
function released() {
  const history = new History();
  const base = history.commit({ at: 0 });
  const head = history.commit({ parents: [base], message: "LED-1 Do it\n" });
  const merge = history.merge(base, head);
  history.main(merge).request(1, { head, mergeCommit: merge }).ticket("LED-1").tag("v1.2", merge);
  return { history, base, head, merge };
}

describe("the trail of a change", () => {
  it("has its paths with their owners, by the last line of CODEOWNERS that fits", () => {
    const { history, merge } = released();
    const owners = (line: number, pattern: string, names: string[]) =>
      history.fact({ kind: "code-owners", repository, line, pattern, owners: names });
    owners(1, "*", ["@all"]);
    owners(2, "/infra/", ["@ops"]);
    owners(3, "/infra/readme.md", []);
    const paths = ["src/a.ts", "infra/main.tf", "infra/readme.md"].map((path) => ({ path, status: "M" }));
    history.fact({ kind: "changed-paths", repository, commit: merge, paths });
    expect(history.change(merge).paths.map(({ path, owners: own }) => [path, own])).toEqual([
      ["src/a.ts", ["@all"]],
      ["infra/main.tf", ["@ops"]],
      ["infra/readme.md", []],
    ]);
  });

  it("does not know the paths of a shallow clone's first commit, of which git names all files", () => {
    const { history, base, merge } = released();
    history.boundary(base, "shallow");
    for (const commit of [base, merge]) {
      history.fact({ kind: "changed-paths", repository, commit, paths: [{ path: "test/a.test.ts", status: "A" }] });
    }
    expect(history.change(base)).toMatchObject({ pathsKnown: false, paths: [] });
    expect(history.change(merge)).toMatchObject({ pathsKnown: true, paths: [{ path: "test/a.test.ts" }] });
  });

  it("has reports of its commit, its approved head and what was released with it, and of no other commit", () => {
    const { history, base, head, merge } = released();
    const report = (commit: string, suite: string) =>
      history.fact({
        ...{ kind: "test-report", repository, suite, tool: "JUnit", build: "", commit, at: null },
        ...{ tests: 3, failures: 0, errors: 0, skipped: 1, notPassed: [] },
      });
    report(merge, "merged");
    report(head, "approved");
    report(base, "before");
    report("", "of nothing");
    expect(history.change(merge).reports.map(({ suite }) => suite)).toEqual(["merged", "approved"]);
  });

  it("has the findings that were open when it was released, and those of reports on its commits", () => {
    const { history, merge } = released();
    history.deploy("v1.2", { at });
    const finding = (id: string, openedAt: string | null, closedAt: string | null, commit = "", reason = "") =>
      history.fact({
        ...{ kind: "analysis-finding", repository, id, tool: "scan", rule: id, severity: "high", message: "" },
        ...{ path: "src/a.ts", line: 1, commit, openedAt, closedAt, closedBy: "", reason },
        state: reason === "" ? "open" : "dismissed",
      });
    finding("open", "2026-02-01T00:00:00.000Z", null);
    finding("closed-after", "2026-02-01T00:00:00.000Z", "2026-02-11T00:00:00.000Z");
    finding("closed-before", "2026-02-01T00:00:00.000Z", "2026-02-09T00:00:00.000Z");
    finding("not-to-be-fixed", "2026-02-01T00:00:00.000Z", "2026-02-09T00:00:00.000Z", "", "won't fix");
    finding("no-finding", "2026-02-01T00:00:00.000Z", "2026-02-09T00:00:00.000Z", "", "false positive");
    finding("opened-after", "2026-02-11T00:00:00.000Z", null);
    finding("of-report", null, null, merge);
    finding("of-another-report", null, null, "e".repeat(40));
    expect(
      history
        .change(merge)
        .findings.map(({ rule }) => rule)
        .sort(),
    ).toEqual(["closed-after", "not-to-be-fixed", "of-report", "open"]);
  });

  it("has the turns of switches that name one of its tickets, and not those of a ticket with a longer number", () => {
    const { history, merge } = released();
    const turn = (id: string, text: string) =>
      history.fact({
        ...{ kind: "switch-event", id, tool: "flags", switch: "new-ledger", environment: "production" },
        ...{ at, by: "ada-login", change: "on", text },
      });
    turn("1", "Turn on for LED-1.");
    turn("2", "Turn on for LED-12.");
    expect(history.change(merge).switches.map(({ text }) => text)).toEqual(["Turn on for LED-1."]);
  });

  it("tells what its message says that it takes back or was picked from", () => {
    const { history, merge } = released();
    const id = "a".repeat(40);
    const revert = history.commit({ parents: [merge], message: `Revert "x"\n\nThis reverts commit ${merge}.\n` });
    const pick = history.commit({ parents: [revert], message: `Fix\n\n(cherry picked from commit ${id})\n` });
    history.main(pick);
    expect(history.change(revert).reverts).toMatchObject([{ commit: merge, change: `ledger@${merge}`, exact: false }]);
    expect(history.change(pick)).toMatchObject({ reverts: [], repeats: [{ commit: id, change: "", approvers: [] }] });
  });

  it("has the ticket's decisions, comments, links, class, and its steps in order", () => {
    const { history, merge } = released();
    history.fact({
      kind: "ticket-approval",
      key: "LED-1",
      id: "1",
      by: "ben-login",
      decision: "approved",
      at,
      stage: "CAB",
    });
    history.fact({ kind: "ticket-comment", key: "LED-1", id: "1", at, by: "cleo-login", text: "Reviewed." });
    history.fact({ kind: "ticket-link", key: "LED-1", relation: "causes", to: "LED-2", url: "" });
    history.fact({
      ...{ kind: "change-ticket", key: "LED-1", type: "normal", risk: "low", closeCode: "" },
      ...{ plannedStart: null, plannedEnd: null, actualStart: null, actualEnd: null },
    });
    const step = (to: string, when: string) => ({ at: when, by: "ada-login", field: "status", from: "", to });
    history.fact({
      kind: "ticket-history",
      key: "LED-1",
      events: [step("Done", at), step("Open", "2026-02-01T00:00:00.000Z")],
    });
    const [ticket] = history.change(merge).tickets;
    expect(ticket?.changeType).toBe("normal");
    expect(ticket?.decisions).toMatchObject([{ by: { id: "ben" }, decision: "approved", stage: "CAB" }]);
    expect(ticket?.comments).toMatchObject([{ by: { id: "cleo" }, text: "Reviewed." }]);
    expect(ticket?.links).toEqual([{ relation: "causes", to: "LED-2", url: "" }]);
    expect(ticket?.history.map(({ to }) => to)).toEqual(["Open", "Done"]);
  });

  it("rests on evidence that is named, each place once", () => {
    const { history, merge } = released();
    history.fact({ kind: "ticket-comment", key: "LED-1", id: "1", at, by: "cleo-login", text: "Reviewed." });
    const { evidence } = history.change(merge);
    expect(evidence.filter(({ as }) => as === "ticket")).toHaveLength(2);
    expect(new Set(evidence.map((use) => JSON.stringify(use))).size).toBe(evidence.length);
  });
});

describe("the trail of a deployment", () => {
  it("has the earlier deployments of the same revision in whatever environment, and the next one of its own", () => {
    const { history } = released();
    history.deploy("v1.2", { environment: "staging", production: false, at: "2026-02-09T10:00:00.000Z" });
    history.deploy("v1.1", { environment: "staging", production: false, at: "2026-02-08T10:00:00.000Z" });
    history.deploy("v1.2", { at });
    history.deploy("v1.3", { at: "2026-02-12T10:00:00.000Z", status: "failed" });
    history.deploy("v1.4", { at: "2026-02-13T10:00:00.000Z" });
    const item = history.deployments().find(({ revision }) => revision === "v1.2");
    expect(item?.earlier).toMatchObject([{ environment: "staging", failed: false }]);
    expect(item?.next).toMatchObject({ found: true, at: "2026-02-13T10:00:00.000Z" });
  });

  it("is the same artifact by digest, whatever name it was deployed under", () => {
    const { history } = released();
    const digest = `sha256:${"d".repeat(64)}`;
    const artifact = (name: string) =>
      history.fact({ kind: "artifact", repository, name, digest, commit: "", build: "", at: null });
    artifact("registry.example/ledger:v1.2");
    artifact("registry.example/ledger:candidate");
    history.deploy("candidate", { environment: "staging", production: false, at: "2026-02-09T10:00:00.000Z" });
    history.deploy("v1.2", { at });
    const [item] = history.deployments();
    expect(item?.artifact).toBe(digest);
    expect(item?.earlier).toMatchObject([{ environment: "staging" }]);
  });

  it("has the announcements near it that name its revision or a ticket that it brought", () => {
    const { history } = released();
    history.deploy("v1.2", { at });
    const say = (id: string, text: string, when = at) =>
      history.fact({ kind: "announcement", id, medium: "slack", channel: "releases", at: when, by: "dan-login", text });
    say("1", "Ledger v1.2 goes out now.");
    say("2", "v1.2.3 goes out now.");
    say("3", "LED-1 is live.");
    say("4", "v1.2 went out.", "2026-02-20T10:00:00.000Z");
    expect(history.deployments()[0]?.announcements.map(({ text }) => text)).toEqual([
      "Ledger v1.2 goes out now.",
      "LED-1 is live.",
    ]);
  });

  it("has announcements by whoever the medium's list of accounts says that it was", () => {
    const { history } = released();
    history.deploy("v1.2", { at });
    const say = (account: string) =>
      history.fact({
        ...{ kind: "announcement", id: account, medium: "slack", channel: "releases", at, by: account, account },
        text: "v1.2 is live",
      });
    const know = (id: string, login: string, email: string, name = "") =>
      history.fact({ kind: "chat-account", medium: "slack", id, login, name, email, bot: false });
    say("U1");
    say("U2");
    say("U3");
    say("U4");
    know("U1", "the-captain", emailOf("dan"));
    know("U2", loginOf("ben"), "");
    know("U3", "stranger", "stranger@elsewhere.example", "A Stranger");
    expect(history.deployments()[0]?.announcements.map(({ by }) => [by.known, by.known ? by.id : by.name])).toEqual([
      [true, "dan"],
      [true, "ben"],
      [false, "A Stranger"],
      [false, "U4"],
    ]);
  });

  it("has who let it pass at its gate", () => {
    const { history } = released();
    history.deploy("v1.2", { at, id: "9" });
    history.fact({
      ...{ kind: "deployment-approval", repository, deployment: "9", environment: "production" },
      ...{ by: "ben-login", decision: "rejected", at, comment: "" },
    });
    expect(history.deployments()[0]?.gates).toMatchObject([{ by: { id: "ben" }, decision: "declined" }]);
  });
});

it("an analysis that a host lists twice is one, and its part of the code stands beside its tool", () => {
  const story = new Released();
  const given = { id: "201", tool: "CodeQL", category: "/language:go" };
  story.analyse(given).analyse(given).analyse({ tool: "CodeQL" }).analyse({ tool: "CodeQL" });
  expect(story.history.change(story.merge).analyses.map(({ tool }) => tool)).toEqual([
    ...["CodeQL (/language:go)", "CodeQL", "CodeQL"],
  ]);
});
