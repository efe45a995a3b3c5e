import { type FactSet, factsOf } from "../facts/fact-set.ts";
import type { Announcement, ChatAccount } from "../model/announcement-facts.ts";
import { type Instant, instantOf, millisecondsOf } from "../model/instant.ts";
import type { PersonRef } from "../model/person.ts";
import type { SwitchEvent } from "../model/production-facts.ts";
import type { AnnouncementView, SwitchView } from "../model/trail-view.ts";
import type { Directory } from "./directory.ts";
import { distinct } from "./fact-groups.ts";

/** What is about the whole entity, and no repository: what was announced, and which switches were turned. */
export interface EntityIndex {
  switchesNaming(ticketKeys: readonly string[]): SwitchView[];
  switchFactsNaming(ticketKeys: readonly string[]): readonly SwitchEvent[];
  /** Announcements near a moment that name one of the words. */
  announcementsNear(at: Instant, words: readonly string[]): AnnouncementView[];
  announcementFactsNear(at: Instant, words: readonly string[]): readonly Announcement[];
}

/** An announcement of a deployment stands near it. */
const near = 2 * 24 * 3_600_000;

export function indexEntity(set: FactSet, directory: Directory): EntityIndex {
  const switches = distinct(factsOf(set, "switch-event"), (fact) => `${fact.tool} ${fact.id}`);
  const announcements = distinct(factsOf(set, "announcement"), (fact) => `${fact.medium} ${fact.channel} ${fact.id}`);
  announcements.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

  const announcerOf = findAnnouncers(factsOf(set, "chat-account"), directory);
  const switchFactsNaming: EntityIndex["switchFactsNaming"] = (keys) =>
    keys.length === 0 ? [] : switches.filter((fact) => names(`${fact.switch} ${fact.text}`, keys));
  const announcementFactsNear: EntityIndex["announcementFactsNear"] = (at, words) => {
    const from = instantOf(millisecondsOf(at) - near);
    const to = instantOf(millisecondsOf(at) + near);
    const found: Announcement[] = [];
    for (let index = firstFrom(announcements, from); index < announcements.length; index += 1) {
      const fact = announcements[index] as Announcement;
      if (fact.at > to) break;
      if (names(fact.text, words)) found.push(fact);
    }
    return found;
  };
  return {
    switchFactsNaming,
    announcementFactsNear,
    switchesNaming: (keys) =>
      switchFactsNaming(keys).map(({ switch: name, environment, at, by, change, text }) => ({
        ...{ name, environment, at, change, text },
        by: directory.resolve({ system: "production", name: by }),
      })),
    announcementsNear: (at, words) =>
      announcementFactsNear(at, words).map(({ medium, channel, at: when, by, account, text }) => ({
        ...{ medium, channel, at: when, text },
        by: announcerOf({ medium, account, by }),
      })),
  };
}

/**
 * Who announced something: by the address of the account, which the medium has checked, else by the names that it goes
 * by. Where nobody is known by any of them, the person's name as the medium's list has it tells at least whom to ask.
 */
function findAnnouncers(
  accounts: readonly ChatAccount[],
  directory: Directory,
): (announcement: Pick<Announcement, "medium" | "account" | "by">) => PersonRef {
  const byId = new Map(accounts.map((account) => [`${account.medium} ${account.id}`, account]));
  return ({ medium, account: id = "", by }) => {
    const account = byId.get(`${medium} ${id}`);
    const said = account === undefined || by !== id ? by : account.login || id;
    const names = [account?.email ?? "", account?.login ?? "", said].filter((name) => name !== "");
    const found = names.map((name) => directory.resolve({ system: "chat", name })).find(({ known }) => known);
    return found ?? directory.resolve({ system: "chat", name: said }, account?.name);
  };
}

/** Whether a text names one of the words as a word of its own: `LED-1` is not named by `LED-12`. */
function names(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.some((word) => word !== "" && hasWord(lower, word.toLowerCase()));
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? " ";
    // `v1.2` is not named by `v1.2.3`; a full stop ends a sentence.
    const goesOn = /^[.-]?[\p{L}\p{N}]/u.test(text.slice(at + word.length, at + word.length + 2));
    if (!/[\p{L}\p{N}]/u.test(before) && !goesOn) return true;
  }
  return false;
}

/** First place, in order of time, at or after a moment. */
function firstFrom(facts: readonly Announcement[], from: Instant): number {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((facts[middle] as Announcement).at < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
