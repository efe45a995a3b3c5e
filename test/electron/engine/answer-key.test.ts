import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeDemo } from "../../../electron/cli/commands/demo-judgements.ts";
import { createEngine } from "../../../electron/engine/handlers.ts";
import { readItem } from "../../../electron/engine/item-reading.ts";
import { Session } from "../../../electron/engine/session.ts";
import { demoParameters, describeDemoSources } from "../../../electron/engine/steps/demo-step.ts";
import { type ChoosingEvidence, readEvidenceChoice } from "../../../electron/engine/steps/evidence-choice.ts";
import { readCoverage, readScope } from "../../../electron/engine/steps/population-step.ts";
import { type DemoSources, makeDemoSources } from "../../../electron/sources/demo/make-demo-sources.ts";
import { type DemoServer, startDemoServer } from "../../../electron/sources/demo/server/demo-server.ts";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import type { SampledItem } from "../../../shared/bundle/evidence-selection.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { addFact, createFactSet } from "../../../shared/facts/fact-set.ts";
import type { Procedure, RequestOf, ResponseOf } from "../../../shared/ipc/contract.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import type { Fact } from "../../../shared/model/facts.ts";
import type { Item } from "../../../shared/model/item.ts";
import type { People } from "../../../shared/model/person.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";
import { Outcome } from "../../../shared/model/result.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { MatrixView, PopulationView } from "../../../shared/model/view.ts";
import { createItemFinder } from "../../../shared/population/item-assembly.ts";
import { createContexts } from "../../../shared/population/repository-context.ts";
import { compiledCatalog } from "../../shared/evaluation/catalog-under-test.ts";
import { compare } from "../../shared/evaluation/cel-oracle.ts";

const tokenVariable = "TICKMARK_TEST_TOKEN";

/** How the answer key calls an item. */
function nameOf(population: string, row: MatrixView["rows"][number], stories: ReadonlyMap<string, string>): string {
  const { id, title, kind, people, at } = row;
  if (population === "change") return stories.get(id.split("@")[1] ?? "") ?? id;
  if (population === "access-event") return kind === "command" ? `${people} ${title.split(" ")[0]}` : kind;
  if (population === "detected-change") return `${title.replace(/ (changed|added)$/, "")} on ${at.slice(0, 10)}`;
  return population === "deployment" ? (id.split("/").at(-1) ?? id) : id;
}

/** Puts an item together from some of the records. */
function createAssembler(session: Session, people: People) {
  const { store } = session;
  const known = new Map<string, readonly Fact[]>();
  const sources = store.listSources();
  const factsOf = (record: Evidence) => {
    const key = JSON.stringify(record);
    const bytes = () => store.readEvidence(record.sha256);
    const source = sources.find(({ id }) => id === record.sourceId) as Source;
    const facts = known.get(key) ?? readEvidence({ ...record, bytes: bytes() }, source).facts;
    known.set(key, facts);
    return facts;
  };
  return (records: Iterable<Evidence>, { population, item }: SampledItem) => {
    const facts = createFactSet();
    for (const record of records) for (const fact of factsOf(record)) addFact(facts, fact);
    const input = { facts, sources, people, coverage: readCoverage(session) };
    return createItemFinder(input, createContexts(input), readScope(session)).assemble(population, item.id);
  };
}

/** Outcomes that the demo does not have, by the reason why. */
const cannotBe = {
  "it asks something of every item": [
    ...["TRC-01", "TRC-02", "TRC-03", "REV-01", "REV-06", "REV-08", "DEP-01", "DEP-05"].map(
      (id) => `${id} not-applicable`,
    ),
  ],
  "the period is one quarter, which has one outcome": [
    ...["fail", "no-evidence", "not-applicable"].map((outcome) => `REV-07 ${outcome}`),
    ...["pass", "no-evidence", "not-applicable"].map((outcome) => `OPS-02 ${outcome}`),
  ],
  "git tells what each commit changed, or the pull is refused": ["TST-03 no-evidence"],
  "where reviews were received, somebody approved something": ["REV-05 not-applicable"],
};

describe("the demo engagement, all of it tested", () => {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-key-"));
  const engine = createEngine(() => {});
  const call = <P extends Procedure>(procedure: P, request: RequestOf<P>) =>
    engine.call(procedure, request) as Promise<ResponseOf<P>>;
  let demo: DemoSources;
  let server: DemoServer;
  let pulled: IpeRecord[];
  let population: PopulationView;
  const matrices = new Map<PopulationKind, MatrixView>();
  const parameters = () => demoParameters(demo);
  const rowsOf = (kind: PopulationKind) => matrices.get(kind)?.rows ?? [];

  beforeAll(async () => {
    demo = await makeDemoSources(join(folder, "sources"));
    process.env[tokenVariable] = "demo-token";
    server = await startDemoServer(demo, { token: "demo-token" });
    const { from, to, timeZone } = demo.answerKey.period;
    const details = { name: "Demo", entity: demo.answerKey.entity, auditor: "Test", from, to, timeZone };
    await call("engagement.create", {
      path: join(folder, "demo.tickmark"),
      ...details,
      parameters: demoParameters(demo),
    });
    for (const source of describeDemoSources(demo, server, tokenVariable)) await call("source.add", { source });
    pulled = await call("pull.run", {});
    population = await call("population.freeze", {});
    for (const kind of PopulationKind.options) {
      await call("sample.draw", { population: kind, method: "everything", rationale: "All." });
    }
    await call("evaluation.run", {});
    for (const kind of PopulationKind.options) {
      matrices.set(kind, (await call("evaluation.matrix", { population: kind })) as MatrixView);
    }
  });

  afterAll(async () => {
    await engine.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes every file that is handed over, and reads every line and record", () => {
    for (const { sourceId, counts, reading, tieOuts } of pulled) {
      expect({ sourceId, unread: reading?.unread.count ?? 0 }).toEqual({ sourceId, unread: 0 });
      expect([sourceId, counts["files not taken"] ?? 0]).toEqual([sourceId, 0]);
      for (const { what, expected, received } of tieOuts)
        expect([sourceId, what, received]).toEqual([sourceId, what, expected]);
    }
  });

  it("has the changes and deployments of the answer key, and no others", () => {
    const { repository } = demo.story;
    const { archived, portal } = demo.answerKey;
    const ids = [
      ...demo.answerKey.changes.map(({ commit }) => `${repository.name}@${commit}`),
      ...archived.changes.map(({ commit }) => `${archived.repository}@${commit}`),
      ...portal.changes.map(({ commit }) => `${portal.repository}@${commit}`),
    ];
    expect(
      rowsOf("change")
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.sort());
    const deployed = [
      ...demo.answerKey.deployments.map(({ id, environment }) => `${repository.name}/${environment}/${id}`),
      ...archived.deployments.map((id) => `${archived.repository}/production/${id}`),
    ];
    expect(
      rowsOf("deployment")
        .map(({ id }) => id)
        .sort(),
    ).toEqual(deployed.sort());
  });

  it("comes to the answer key's outcome for every change and the controls that the story tells of with it", () => {
    const outcomes = new Map(rowsOf("change").map(({ id, outcomes: own }) => [id.split("@")[1], own]));
    const { changes, archived, portal } = demo.answerKey;
    for (const { commit, story, expect: expected } of [...changes, ...archived.changes, ...portal.changes]) {
      const own = outcomes.get(commit);
      const wanted = Object.fromEntries(Object.entries(expected).map(([control, { outcome }]) => [control, outcome]));
      expect({ story, ...own }).toMatchObject({ story, ...wanted });
    }
  });

  it("comes to the answer key's outcome for every item of every population and every other control", () => {
    const { changes, archived, portal } = demo.answerKey;
    const all = [...changes, ...archived.changes, ...portal.changes];
    const stories = new Map(all.map(({ commit, story }) => [commit, story]));
    const differing: unknown[] = [];
    for (const [control, populations] of Object.entries(demo.answerKey.controls)) {
      for (const [population, told] of Object.entries(populations)) {
        const { usual, ...others } = told;
        const wanted = new Map(
          Object.entries(others).flatMap(([outcome, answers]) =>
            answers.flatMap(({ items }) => items.map((item) => [item, outcome] as const)),
          ),
        );
        const rows = rowsOf(population as PopulationKind);
        const named = rows.map((row) => ({ name: nameOf(population, row, stories), outcome: row.outcomes[control] }));
        const other = named.filter(({ name, outcome }) => outcome !== (wanted.get(name) ?? usual));
        const names = new Set(named.map(({ name }) => name));
        const missing = [...wanted.keys()].filter((name) => !names.has(name));
        if (other.length + missing.length > 0) differing.push({ control, population, other, missing });
      }
    }
    expect(differing).toEqual([]);
  });

  it("plants every outcome of every control, but those that cannot be", () => {
    const { catalog } = compiledCatalog();
    const lacking = catalog.controls.flatMap(({ id }) => {
      const rows = PopulationKind.options.flatMap((kind) => rowsOf(kind).map(({ outcomes }) => outcomes[id]));
      const planted = new Set(rows);
      return Outcome.options.filter((outcome) => !planted.has(outcome)).map((outcome) => `${id} ${outcome}`);
    });
    expect(lacking.sort()).toEqual(Object.values(cannotBe).flat().sort());
  });

  it("comes to the answer key's outcome for every deployment", () => {
    const outcomes = new Map(rowsOf("deployment").map(({ id, outcomes: own }) => [id.split("/").at(-1), own]));
    for (const { id, expect: expected } of demo.answerKey.deployments) {
      expect({ id, outcome: outcomes.get(id)?.["DEP-01"] }).toEqual({ id, outcome: expected["DEP-01"].outcome });
    }
  });

  it("comes to the same by an independent CEL implementation, on every item and assertion", async () => {
    for (const [kind, { rows }] of matrices) {
      for (const { id } of rows)
        compare(kind, (await call("evaluation.item", { population: kind, id })).item, parameters());
    }
  });

  it("shows each item's own receipt of an answer that several requests gave alike", async () => {
    let looked = 0;
    for (const { id } of rowsOf("change")) {
      const { item, evidence } = await call("evaluation.item", { population: "change", id });
      if (!("request" in item) || !item.request.found) continue;
      for (const { as, record } of evidence.filter(({ record: { format } }) => format === "github.reviews")) {
        expect([as, record.locator]).toEqual([
          "review",
          expect.stringMatching(new RegExp(`/pulls[-/]${item.request.number}[-/]reviews`)),
        ]);
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(50);
  });

  it("makes an item again from its own evidence alone, which is the same by what was kept at the freeze and by all that was pulled", async () => {
    await call("engagement.close", {});
    const path = join(folder, "demo.tickmark");
    const session = new Session(() => undefined);
    await session.adopt(openEngagement(path, session), path);
    const items = PopulationKind.options.flatMap((population) => {
      const freezeId = session.store.latestFreeze(population)?.id ?? "";
      const ids = session.store.itemIds(freezeId).filter((_, index) => index % (population === "change" ? 9 : 5) === 0);
      return ids.map((id) => ({ population, item: readItem(session, { freezeId, population }, id) as Item }));
    });
    const about = { scope: "sampled", sampled: items, people: session.store.people() as People } as const;
    const read = (most: number) => readEvidenceChoice(session, { ...about, most }, new AbortController().signal);
    const [byFacts, byKept] = [await read(Number.POSITIVE_INFINITY), await read(0)];
    expect([byFacts.isMadeAgain, byKept.isMadeAgain]).toEqual([true, false]);
    const hashes = (choice: ChoosingEvidence, chosen: readonly SampledItem[]) =>
      Array.from(choice.choose(chosen), ({ sha256 }) => sha256);
    const sizes = new Set<number>();
    const assembleFrom = createAssembler(session, about.people);
    for (const item of items) {
      const needed = hashes(byFacts, [item]);
      expect(hashes(byKept, [item]), item.item.id).toEqual(needed);
      expect(assembleFrom(byFacts.choose([item]), item)).toEqual(item.item);
      sizes.add(needed.length);
    }
    expect(hashes(byKept, items)).toEqual(hashes(byFacts, items));
    expect(sizes.size).toBeGreaterThan(8);
    await session.close();
    await call("engagement.open", { path });
  });

  it("is judged as the story tells: missing evidence disposed of, an exception that is answered, controls signed off", async () => {
    await judgeDemo({ call }, demo);
    const [judgement] = await call("judgement.list", {});
    expect(judgement).toMatchObject({ judgement: { tested: "no-evidence", outcome: "pass" }, standing: "stands" });
    expect(await call("exception.list", {})).toMatchObject([{ state: "answered", itemRefs: [expect.any(String)] }]);
    const signed = (await call("sign-off.list", {})).flatMap(({ preparer }) => (preparer ? [preparer.changed] : []));
    expect(signed).toEqual([[], []]);
  });

  it("reconciles as the answer key does", () => {
    const key = demo.answerKey.reconciliation;
    const { repository } = demo.story;
    const { archived, portal } = demo.answerKey;
    const notReleased = [
      ...archived.changes.filter((change) => !change.deployed).map(({ commit }) => `${archived.repository}@${commit}`),
      ...portal.changes.map(({ commit }) => `${portal.repository}@${commit}`),
    ];
    const changeIds = (commits: readonly string[], left: readonly string[]) =>
      [...commits.map((commit) => `${repository.name}@${commit}`), ...left].sort();
    const { changes: own, tickets, deployments: deployed } = population.reconciliation;
    expect([...own.withoutTicket].sort()).toEqual(
      changeIds(
        key.changesWithoutTicket,
        archived.changes.map(({ commit }) => `${archived.repository}@${commit}`),
      ),
    );
    expect([...own.notReleased].sort()).toEqual(changeIds(key.changesNotDeployed, notReleased));
    expect([...tickets.withoutChange].sort()).toEqual([...key.ticketsWithoutChange].sort());
    const orphans = [...deployed.otherBranch, ...deployed.absent, ...deployed.older, ...deployed.unresolved];
    expect(orphans.map((id) => id.split("/").at(-1)).sort()).toEqual([...key.deploymentsWithoutChange].sort());
  });
});
