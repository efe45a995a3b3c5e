import { useEffect, useRef, useState } from "react";
import type { PressEvent } from "react-aria-components";
import type { Draft } from "../../shared/model/draft.ts";
import { showHidden } from "../../shared/model/hidden-characters.ts";
import { call } from "../api.ts";
import { formatMinute } from "../format.ts";
import { strings } from "../strings.ts";
import { Button } from "./button.tsx";
import { Fold } from "./fold.tsx";

const words = strings.keptWords;

/** Between two letters nothing is written; a crash takes no more than this. */
const pauseMs = 500;

/** Words on their way to where they are kept (electron/main/draft-keeper.ts). */
export class WordsKeeper {
  readonly #place: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next: string | null = null;

  constructor(place: string) {
    this.#place = place;
  }

  /** Keeps them when typing pauses. */
  keep(text: string): void {
    clearTimeout(this.#timer);
    this.#next = text;
    this.#timer = setTimeout(() => this.flush(), pauseMs);
  }

  /** Keeps at once what is waiting. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#next !== null) send(this.#place, this.#next);
    this.#next = null;
  }

  /** They were recorded, or are not wanted any more. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#next = null;
    send(this.#place, null);
  }
}

/** That words cannot be kept takes nothing from who writes them: they are still on the screen. */
function send(place: string, text: string | null): void {
  call("draft.keep", { place, text }).catch(() => undefined);
}

/** What was written at a place and not recorded; null where nothing was, until it was looked up, and once it was decided on. */
export function useLeftWords(place: string | null): [Draft | null, () => void] {
  const [left, setLeft] = useState<{ readonly at: string; readonly draft: Draft } | null>(null);
  useEffect(() => {
    if (place === null) return;
    let isGone = false;
    call("draft.read", { place }).then(
      (draft) => isGone || setLeft(draft && { at: place, draft }),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [place]);
  // While another place is looked up, nothing of the one before may stand there.
  return [left !== null && left.at === place ? left.draft : null, () => setLeft(null)];
}

/** The keeper of a place for as long as the form is there; what is waiting is kept when it goes. */
export function useWordsKeeper(place: string | null): WordsKeeper | null {
  const keeper = useRef<{ readonly place: string; readonly own: WordsKeeper } | null>(null);
  if (place !== null && keeper.current?.place !== place) keeper.current = { place, own: new WordsKeeper(place) };
  useEffect(() => () => keeper.current?.own.flush(), []);
  return place === null ? null : (keeper.current?.own ?? null);
}

export interface LeftWordsProps {
  readonly left: Draft;
  /** In other words than those of a form. */
  readonly said?: (at: string) => string;
  readonly onTake: () => void;
  readonly onDiscard: () => void;
}

/** Offers what was entered earlier and not recorded. */
export function LeftWords({ left, said = words.left, onTake, onDiscard }: LeftWordsProps) {
  return (
    <div className="notice left-words" role="status">
      <span>{said(formatMinute(left.at))}</span>
      <Button onPress={decided(onTake)}>{words.take}</Button>
      <Button look="quiet" onPress={decided(onDiscard)}>
        {words.discard}
      </Button>
    </div>
  );
}

/** The offer goes with its buttons, and the focus to the form's first field: on nothing, Escape would be heard by nobody. */
function decided(act: () => void): (event: PressEvent) => void {
  return ({ target }) => {
    const form = target.closest("form");
    act();
    form?.querySelector<HTMLElement>(".field-input")?.focus();
  };
}

export interface OutdatedWordsProps {
  readonly left: Draft;
  /** What was typed. */
  readonly texts: readonly string[];
  readonly onDiscard: () => void;
}

/** What was written about something that is another since: it can be read, and is not offered. */
export function OutdatedWords({ left, texts, onDiscard }: OutdatedWordsProps) {
  return (
    <div className="notice stack" role="status">
      <span>{words.outdated(formatMinute(left.at))}</span>
      {texts.length > 0 ? (
        <Fold summary={words.read}>
          {texts.map((text) => (
            <p key={text} className="left-text">
              {showHidden(text)}
            </p>
          ))}
        </Fold>
      ) : null}
      <div className="row">
        <Button look="quiet" onPress={decided(onDiscard)}>
          {words.discard}
        </Button>
      </div>
    </div>
  );
}

/** What of it could not be taken up, by the form's own names. */
export function NotTaken({ labels }: { readonly labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <p className="notice" role="status">
      {words.notTaken(labels.join(", "))}
    </p>
  );
}
