import { useSyncExternalStore } from "react";
import { z } from "zod";
import { catalogDraftPlace } from "../../../shared/model/draft.ts";
import { WordsKeeper } from "../../components/kept-words.tsx";

const keeper = new WordsKeeper(catalogDraftPlace);

const Kept = z.object({
  text: z.string(),
  savedAs: z.string().nullable(),
  id: z.string(),
  title: z.string(),
  version: z.string(),
});

/** An edited copy of a catalog. It outlives the screen and the engagement: nobody's edits go because they looked elsewhere. */
export interface CatalogDraft {
  readonly text: string;
  /** The text as it was copied, last saved, or last taken over: without more edits nothing is lost with the draft. */
  readonly kept: string;
  readonly savedAs: string | null;
  /** What it is a copy of. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
}

let draft: CatalogDraft | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useCatalogDraft(): CatalogDraft | null {
  return useSyncExternalStore(subscribe, () => draft);
}

/** Begins a copy, or goes on with what `change` makes of the one at hand; null throws it away. */
export function setCatalogDraft(next: CatalogDraft | null): void {
  const wasUnsaved = isUnsaved(draft);
  draft = next;
  if (next !== null && isUnsaved(next)) {
    const { text, savedAs, id, title, version } = next;
    keeper.keep(JSON.stringify({ text, savedAs, id, title, version } satisfies z.infer<typeof Kept>));
  } else if (wasUnsaved) keeper.forget();
  if (isUnsaved(next)) globalThis.addEventListener("beforeunload", stayOpen);
  else globalThis.removeEventListener("beforeunload", stayOpen);
  for (const listener of listeners) listener();
}

/** What a crash left, as a copy that is not saved; null where it cannot be read. */
export function readLeftDraft(text: string): CatalogDraft | null {
  try {
    return { ...Kept.parse(JSON.parse(text)), kept: "" };
  } catch {
    return null;
  }
}

/** Nobody wants what a crash left. */
export function forgetLeftDraft(): void {
  keeper.forget();
}

/** Changes parts of the draft, where there still is one. */
export function changeCatalogDraft(parts: Partial<CatalogDraft>): void {
  if (draft) setCatalogDraft({ ...draft, ...parts });
}

export function isUnsaved(of: CatalogDraft | null): boolean {
  return of !== null && of.text !== of.kept;
}

/** The window asks before it closes over edits (see person-notices.ts). */
function stayOpen(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
