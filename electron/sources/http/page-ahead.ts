import type { Instant } from "../../../shared/model/instant.ts";
import type { JsonAnswer } from "./attempt.ts";
import type { JsonClient, Query, SentQuestion } from "./json-client.ts";

/** An answer, and when it was there: a page that was asked for ahead may wait for its turn. */
export interface ArrivedAnswer {
  readonly answer: JsonAnswer;
  readonly at: Instant;
}

/**
 * Asks for the pages of a list one after the other, so that the server prepares the next one while this thread reads and
 * stores the one before. One page is ahead, never more: whoever stores slowly is not overrun.
 */
export interface PageAhead {
  /**
   * @param guessNext which question the page's bytes seem to lead to, null for none. It is only a guess: what was asked
   * ahead is given out to whoever asks that very question next, and to nobody else
   * @throws as `JsonClient.get`
   */
  get(path: string, query: Query, guessNext: (bytes: Uint8Array) => Query | null): Promise<ArrivedAnswer>;
  /** Gives up the page that is ahead, if there is one. */
  abandon(): void;
}

export function createPageAhead(client: JsonClient, now: () => Instant): PageAhead {
  let ahead: Asked | null = null;

  function ask(path: string, query: Query): Asked {
    let arrived: Instant | null = null;
    const question = client.ask(path, query, () => {
      arrived = now();
    });
    return { name: nameOf(path, query), question, arrivedAt: () => arrived ?? now() };
  }

  function abandon(): void {
    ahead?.question.abandon();
    ahead = null;
  }

  function takeAhead(name: string): Asked | null {
    const asked = ahead;
    if (asked?.name === name) ahead = null;
    else abandon();
    return asked?.name === name ? asked : null;
  }

  return {
    async get(path, query, guessNext) {
      const { question, arrivedAt } = takeAhead(nameOf(path, query)) ?? ask(path, query);
      const answer = await question.take((bytes) => {
        // There is one already when the answer could not be read and was asked for again.
        abandon();
        const next = guessNext(bytes);
        if (next !== null) ahead = ask(path, next);
      });
      return { answer, at: arrivedAt() };
    },
    abandon,
  };
}

interface Asked {
  readonly name: string;
  readonly question: SentQuestion;
  arrivedAt(): Instant;
}

function nameOf(path: string, query: Query): string {
  return `${path} ${JSON.stringify(query)}`;
}
