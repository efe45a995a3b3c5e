import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { openForReading } from "../../../electron/store/engagement-file.ts";
import type { RequestRecord } from "../../../shared/model/pull.ts";
import {
  createIn,
  createStore,
  deploySource,
  faultFrom,
  gitSource,
  ipeOf,
  isClear,
  keepOpen,
  makeFolder,
  makeRecord,
  pullAll,
  reopen,
  sha256,
} from "./engagement-under-test.ts";

const request: RequestRecord = {
  asked: "GET https://api.example.test/pulls?page=1",
  status: 200,
  at: "2025-07-01T10:00:00.000Z",
  serverDate: "Tue, 01 Jul 2025 10:00:01 GMT",
  bytes: 12,
  rows: 1,
  sha256: sha256("x"),
  attempts: 2,
};

it("sources come back as they were added, and an id is given once", () => {
  const store = createStore();
  store.addSource(gitSource);
  store.addSource(deploySource);
  expect(store.listSources()).toEqual([gitSource, deploySource]);
  expect(store.sourceById("git")).toEqual(gitSource);
  expect(faultFrom(() => store.addSource({ ...deploySource, id: "git" }))).toMatchObject({ code: "source-invalid" });
  expect(store.listSources()).toHaveLength(2);
});

it("a source that is not there is unknown by name", () => {
  const store = createStore();
  for (const ask of [() => store.sourceById("jira"), () => store.beginPull("jira")]) {
    expect(faultFrom(ask)).toMatchObject({ code: "source-unknown", message: expect.stringContaining('"jira"') });
  }
});

it("an interrupted pull goes on with its cursor, its records and its id", () => {
  const store = createStore();
  store.addSource(gitSource);
  const first = store.beginPull("git");
  expect(first.cursor).toBeNull();
  store.savePullStep(first.pull.id, {
    records: [makeRecord("a")],
    requests: [request],
    cursor: { page: 2, seen: ["a"] },
  });
  store.interruptPull(first.pull.id);
  expect(store.listPulls()).toMatchObject([{ state: "interrupted", finishedAt: null, records: 1 }]);
  expect(store.beginPull("git")).toEqual({
    pull: { ...first.pull, records: 1 },
    cursor: { page: 2, seen: ["a"] },
  });
});

it("a pull whose process is gone is interrupted when the file is opened again, and the log says so", () => {
  const { path, store } = createIn(makeFolder());
  store.addSource(gitSource);
  const { pull } = store.beginPull("git");
  store.savePullStep(pull.id, { records: [makeRecord("a")], requests: [], cursor: 7 });
  store.close();
  const reading = openForReading(path);
  expect(reading.listPulls()).toMatchObject([{ id: pull.id, state: "interrupted" }]);
  reading.close();
  const again = reopen(path);
  expect(again.listPulls()).toMatchObject([{ id: pull.id, state: "interrupted" }]);
  expect(again.activities().at(-1)).toMatchObject({ by: "Tickmark", kind: "pull-interrupted", subject: pull.id });
  expect(again.beginPull("git")).toMatchObject({ pull: { id: pull.id, state: "running" }, cursor: 7 });
});

it("after a complete pull the next one is a new pull", () => {
  const store = createStore();
  store.addSource(gitSource);
  const first = pullAll(store, "git", [makeRecord("a")]);
  const second = store.beginPull("git");
  expect(second.pull.id).not.toBe(first);
  expect(second.cursor).toBeNull();
  expect(store.listPulls().map(({ state }) => state)).toEqual(["complete", "running"]);
});

it("only a running pull takes records, and none is completed or interrupted twice", () => {
  const store = createStore();
  store.addSource(gitSource);
  const id = pullAll(store, "git", [makeRecord("a")]);
  const ipe = ipeOf(store, id);
  for (const act of [
    () => store.savePullStep(id, { records: [makeRecord("b")], requests: [], cursor: null }),
    () => store.completePull(id, ipe),
    () => store.interruptPull(id),
  ]) {
    expect(faultFrom(act)).toMatchObject({ code: "stage-order" });
    expect(faultFrom(act)).toSatisfy(isClear);
  }
  const open = store.beginPull("git").pull.id;
  store.interruptPull(open);
  expect(() => store.interruptPull(open)).not.toThrow();
  expect(faultFrom(() => store.savePullStep(open, { records: [], requests: [], cursor: 1 })).code).toBe("stage-order");
});

it("the questions of a pull come back as they were asked", () => {
  const store = createStore();
  store.addSource(gitSource);
  const { pull } = store.beginPull("git");
  const plain: RequestRecord = { asked: "git log main", status: 0, at: request.at, bytes: 0, attempts: 1 };
  store.savePullStep(pull.id, { records: [], requests: [request], cursor: 1 });
  store.savePullStep(pull.id, { records: [], requests: [plain, request], cursor: 2 });
  expect([...store.requestsOf(pull.id)]).toEqual([request, plain, request]);
  expect(store.countRequests(pull.id)).toBe(3);
  expect(faultFrom(() => [...store.requestsOf("9-none")]).code).toBe("request-invalid");
});

it("the records' digest is what sha256sum gives for their hashes in order of receipt, a line each", () => {
  const store = createStore();
  store.addSource(gitSource);
  const id = pullAll(
    store,
    "git",
    ["b", "a", "c"].map((text) => makeRecord(text)),
  );
  const lines = ["b", "a", "c"].map((text) => `${sha256(text)}\n`).join("");
  const bySha256sum = execFileSync("sha256sum", { input: lines, encoding: "utf8" }).slice(0, 64);
  expect(store.recordsDigestOf(id)).toBe(bySha256sum);
});

it.each([
  ["another pull", { pullId: "9-git" }],
  ["another source", { sourceId: "jira" }],
  ["another count of records", { records: 3 }],
  ["another count of requests", { requests: 1 }],
  ["another digest", { recordsDigest: sha256("other") }],
])("a pull is not completed by an IPE record that tells %s", (_, lie) => {
  const store = createStore();
  store.addSource(gitSource);
  const { pull } = store.beginPull("git");
  store.savePullStep(pull.id, { records: [makeRecord("a")], requests: [], cursor: 1 });
  const fault = faultFrom(() => store.completePull(pull.id, { ...ipeOf(store, pull.id), ...lie }));
  expect(fault.code).toBe("request-invalid");
  expect(store.listPulls()[0]?.state).toBe("running");
  expect(store.ipeRecords()).toEqual([]);
});

it("IPE records are of the newest complete pull of each source, or of all", () => {
  const store = createStore();
  store.addSource(gitSource);
  store.addSource(deploySource);
  const people = pullAll(store, "deploys", [makeRecord("p")]);
  const old = pullAll(store, "git", [makeRecord("a")]);
  const newest = pullAll(store, "git", [makeRecord("b")]);
  store.beginPull("git");
  expect(store.ipeRecords().map(({ pullId }) => pullId)).toEqual([newest, people]);
  expect(store.ipeRecords("all").map(({ pullId }) => pullId)).toEqual([people, old, newest]);
  expect(store.ipeRecords()[0]).toEqual(ipeOf(store, newest));
});

it("several calls can be one step: when one fails, none is kept", () => {
  const store = createStore();
  store.addSource(gitSource);
  const head = store.activityHead();
  expect(() =>
    store.inOneStep(() => {
      pullAll(store, "git", [makeRecord("a")]);
      throw new Error("something later");
    }),
  ).toThrow("something later");
  expect(store.listPulls()).toEqual([]);
  expect(store.describeEvidence(sha256("a"))).toEqual([]);
  expect(store.activityHead()).toEqual(head);
  expect(keepOpen(store).inOneStep(() => pullAll(store, "git", [makeRecord("a")]))).toBe("1-git");
});
