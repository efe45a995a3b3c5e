import { hash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine } from "../../electron/engine/handlers.ts";
import { openEngagement } from "../../electron/store/engagement-file.ts";
import type { Change } from "../../shared/model/change.ts";
import { instantOf } from "../../shared/model/instant.ts";
import type { Reconciliation } from "../../shared/model/population.ts";
import type { Outcome } from "../../shared/model/result.ts";
import { digestPopulation } from "../../shared/population/population-digest.ts";
import { makeChange } from "./usual-change.ts";

const itemsAtOnce = 5_000;
const controls = ["TRC-01", "TRC-02", "REV-01", "REV-06", "TST-01", "SOD-01"];
const usual = makeChange(1);

/**
 * An engagement file with many changes, all of them drawn and each with an outcome of six controls, for benches of the window: no
 * evidence stands behind them. It is made once and kept in the temporary folder; whoever opens it takes a copy.
 */
export async function makeLargeEngagement(size: number): Promise<string> {
  const cache = join(tmpdir(), "tickmark-bench");
  const path = join(cache, `changes-${size}-2.tickmark`);
  if (existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  const making = join(cache, `making-${process.pid}.tickmark`);
  try {
    await drawAll(making, size);
    testAll(making, size);
    renameSync(making, path);
  } finally {
    rmSync(making, { force: true });
  }
  return path;
}

async function drawAll(path: string, size: number): Promise<void> {
  const engine = createEngine(() => {});
  const about = { name: "Large", entity: "Large", auditor: "Bench", from: "2026-01-01", to: "2026-12-31" };
  await engine.call("engagement.create", { path, ...about, timeZone: "UTC" });
  await engine.call("engagement.close", {});
  freezeAll(path, size);
  await engine.call("engagement.open", { path });
  const rationale = "All of them.";
  await engine.call("sample.draw", { population: "change", method: "everything", size: 0, seed: "", rationale });
  await engine.close();
}

function freezeAll(path: string, size: number): void {
  const now = () => instantOf(Date.now());
  const store = openEngagement(path, { now });
  const ids = Array.from({ length: size }, (_, number) => smallChange(number, size).id);
  const digest = digestPopulation(ids, (content) => hash("sha256", content, "hex"));
  store.saveFreeze({ id: "all", population: "change", at: now(), by: "Bench", size, digest }, frozenItems(size));
  const reconciliation: Reconciliation = {
    changes: {
      ...{ total: size, merges: size, withRequest: size, withTicket: size, released: size },
      ...{ withoutRequest: [], withoutTicket: [], notReleased: [] },
    },
    tickets: { total: size, named: size, namedButAbsent: [], withoutChange: [] },
    deployments: {
      ...{ total: 0, ofMerge: 0, byTag: 0, byCommit: 0, byArtifact: 0 },
      ...{ rollbacks: [], otherBranch: [], absent: [], older: [], unresolved: [] },
    },
  };
  store.saveDocument("all", "population", { reconciliation, exclusions: [], remarks: [], unread: [], unknown: [] });
  store.close();
}

function* frozenItems(size: number) {
  for (let number = 0; number < size; number += 1) {
    const item = smallChange(number, size);
    const about = `${item.authors.map(({ name }) => name).join(", ")}\n${item.ticketKeys.join(", ")}`;
    yield { id: item.id, json: item, title: item.title, at: item.at, repository: item.repository, about };
  }
}

const verbs = ["Add", "Bump", "Correct", "Drop", "Explain", "Fix", "Guard", "Harden", "Move", "Rotate"];
const nouns = ["basket", "ledger", "settlement", "currency rounding", "login form", "queue reader", "audit trail"];
const start = Date.parse("2026-01-01T00:00:00Z");
const yearMs = 364 * 86_400_000;

/** As long as a list shows, and spread over the year: what only a rule reads is left out. */
function smallChange(number: number, of: number): Change {
  const commit = hash("sha1", `commit ${number}`, "hex");
  const repository = `service-${number % 40}`;
  const author = { ...usual.committer, id: `author-${number % 97}`, name: `Author ${number % 97}` };
  return {
    ...usual,
    ...{ id: `${repository}@${commit}`, repository, commit, commits: [commit], authors: [author] },
    title: `PAY-${number} ${verbs[number % verbs.length]} the ${nouns[number % nouns.length]}, part ${(number * 7919) % 9973}`,
    at: instantOf(start + Math.floor((number / of) * yearMs)),
    ticketKeys: [`PAY-${number}`],
    ...{ reviews: [], tickets: [], builds: [], releases: [], paths: [], comments: [], events: [], evidence: [] },
  };
}

/** Outcomes as an evaluation would write them: one in two hundred fails. */
function testAll(path: string, size: number): void {
  const store = openEngagement(path, { now: () => instantOf(Date.now()) });
  const [draw] = store.draws();
  const tested = controls.map((control) => ({
    tested: { control, parameters: {}, assertions: [{ id: "made-up", reads: [] }] },
    basis: "",
  }));
  const testing = store.beginTesting(draw?.id ?? "", tested);
  for (let from = 0; from < size; from += itemsAtOnce) {
    const count = Math.min(itemsAtOnce, size - from);
    testing.save(
      Array.from({ length: count }, (_, index) => controls.map((_, place) => [verdictOf(from + index + place)])),
    );
  }
  testing.finish(controls);
  store.close();
}

function verdictOf(number: number): { outcome: Outcome; reason: string } {
  if (number % 200 === 0) return { outcome: "fail", reason: "It was not so." };
  return number % 90 === 0 ? { outcome: "no-evidence", reason: "Nothing says so." } : { outcome: "pass", reason: "" };
}
