import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WordsKeeper } from "../../../renderer/components/kept-words.tsx";
import { changeCatalogDraft, readLeftDraft, setCatalogDraft } from "../../../renderer/screens/catalog/catalog-draft.ts";

import { catalogDraftPlace } from "../../../shared/model/draft.ts";

/** What the main process would have kept, by place. */
const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.useFakeTimers();
  for (const name of ["addEventListener", "removeEventListener"]) vi.stubGlobal(name, () => undefined);
  vi.stubGlobal("window", {
    tickmark: {
      call: async (procedure: string, { place, text }: { place: string; text: string | null }) => {
        if (procedure !== "draft.keep") throw new Error(procedure);
        if (text === null) kept.delete(place);
        else kept.set(place, text);
        return { ok: true, value: {} };
      },
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("words are kept when typing pauses, at once when their form goes, and no more when they were recorded", () => {
  const keeper = new WordsKeeper("a note");
  keeper.keep("W");
  keeper.keep("Why");
  expect(kept.size).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(kept.get("a note")).toBe("Why");
  keeper.keep("Why?");
  keeper.flush();
  expect(kept.get("a note")).toBe("Why?");
  keeper.keep("Why not?");
  keeper.forget();
  vi.advanceTimersByTime(1000);
  keeper.flush();
  expect(kept.size).toBe(0);
});

test("edits of a catalog are kept until they are saved or thrown away, and come back as edits that are not saved", () => {
  const copy = { id: "ours", title: "Ours", version: "1", savedAs: null };
  setCatalogDraft({ ...copy, text: "id: ours", kept: "id: ours" });
  vi.advanceTimersByTime(1000);
  expect(kept.size).toBe(0);
  changeCatalogDraft({ text: "id: ours # edited" });
  vi.advanceTimersByTime(1000);
  const left = readLeftDraft(kept.get(catalogDraftPlace) ?? "");
  expect(left).toMatchObject({ ...copy, text: "id: ours # edited" });
  expect(left?.kept).not.toBe(left?.text);
  changeCatalogDraft({ kept: "id: ours # edited", savedAs: "/ours.yaml" });
  vi.advanceTimersByTime(1000);
  expect(kept.size).toBe(0);
  expect(readLeftDraft("{")).toBeNull();
  setCatalogDraft(null);
});
