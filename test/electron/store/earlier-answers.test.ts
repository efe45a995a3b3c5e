import { expect, it } from "vitest";
import type { RequestRecord } from "../../../shared/model/pull.ts";
import { createStore, gitSource, ipeOf, makeRecord, sha256 } from "./engagement-under-test.ts";

const at = "2025-07-01T10:00:00.000Z";

function asked(path: string, text: string, more: Partial<RequestRecord> = {}): RequestRecord {
  return {
    asked: `GET https://host/${path}`,
    status: 200,
    at,
    bytes: text.length,
    sha256: sha256(text),
    attempts: 1,
    ...more,
  };
}

function pull(
  store: ReturnType<typeof createStore>,
  requests: readonly RequestRecord[],
  texts: readonly string[],
): string {
  const { pull } = store.beginPull("git");
  const records = texts.map((text) => makeRecord(text));
  store.savePullStep(pull.id, { records, requests, cursor: null });
  return pull.id;
}

it("the last complete pull tells what it received for a question, where the server can be asked whether it still holds", () => {
  const store = createStore();
  store.addSource(gitSource);
  expect(store.earlierAnswers("git")).toBeNull();
  const withTag = asked("one", "first", { headers: { etag: '"1"' } });
  const withTime = asked("two", "second", { headers: { "last-modified": "Tue, 01 Jul 2025 10:00:00 GMT" } });
  const first = pull(store, [withTag, withTime, asked("three", "third")], ["first", "second", "third"]);
  expect(store.earlierAnswers("git")).toBeNull();
  store.completePull(first, ipeOf(store, first));
  const earlier = store.earlierAnswers("git");
  expect(earlier).toMatchObject({ pullId: first, finishedAt: "2025-07-01T11:00:00.000Z" });
  const one = earlier?.find("GET https://host/one");
  expect(one?.headers).toEqual({ etag: '"1"' });
  expect(Buffer.from(one?.read() ?? []).toString()).toBe("first");
  expect(earlier?.find("GET https://host/two")?.headers).toEqual(withTime.headers);
  expect(earlier?.find("GET https://host/three")).toBeNull();
  expect(earlier?.find("GET https://host/four")).toBeNull();
});

it("a newer pull's answers replace those of the one before, and unchanged ones are counted", () => {
  const store = createStore();
  store.addSource(gitSource);
  const first = pull(store, [asked("one", "first", { headers: { etag: '"1"' } })], ["first"]);
  store.completePull(first, ipeOf(store, first));
  const again = asked("one", "first", { status: 304, headers: { etag: '"1"' } });
  const second = pull(store, [again, asked("two", "second", { headers: { etag: '"2"' } })], ["first", "second"]);
  expect([store.countUnchanged(first), store.countUnchanged(second)]).toEqual([0, 1]);
  expect(store.earlierAnswers("git")?.find("GET https://host/two")).toBeNull();
  store.completePull(second, ipeOf(store, second));
  expect(store.earlierAnswers("git")?.find("GET https://host/two")?.headers).toEqual({ etag: '"2"' });
  expect(store.countRecords(second)).toBe(2);
});
