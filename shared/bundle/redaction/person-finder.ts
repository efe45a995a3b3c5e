import type { People } from "../../model/person.ts";
import { accountPseudonymOf, pseudonymOf } from "./replacement-words.ts";

/** A place in a text where a person is named. Places may overlap. */
export interface NamedPerson {
  readonly start: number;
  readonly end: number;
  readonly pseudonym: string;
}

/** Finds persons in text and gives each the same pseudonym wherever it is met. */
export interface PersonFinder {
  find(text: string): NamedPerson[];
}

/** Shorter ones are words of any language. */
const shortestName = 3;
const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}._%+@'’-]*/gu;
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
// Whoever is written before an address is the person behind it, whatever spelling of the name that is.
const signed =
  /(?<head>^(?:author|committer|tagger) |(?:co-authored-by|signed-off-by|reviewed-by|acked-by|tested-by|reported-by|cc): *|^(?:from|to): *)(?<name>[^<>\n\r"\\]{1,120}?) *<(?<mail>[^<>\s]{3,200})>/gim;

/** Nobody reads what is sent there: a host signs with it what it does itself, and its own name is no person's. */
const nobody = /^(?:no-?reply|do-?not-?reply)@/i;

/** Somebody whom an item shows, by name and account. */
export interface ShownPerson {
  readonly name: string;
  readonly account: string;
}

/**
 * @param people of the engagement, in their order: the third one is `Person 3`, and whoever is met besides them comes after
 * @param shown by items, of whom nobody may have vouched that they are one of the people
 */
export function createPersonFinder(people: People, shown: readonly ShownPerson[] = []): PersonFinder {
  const names = new NameTable();
  let count = 0;
  for (const { name, accounts, bot } of people.persons) {
    count += 1;
    // A bot is no person, and rules ask for its name.
    if (bot) continue;
    names.add(name, pseudonymOf(count));
    for (const [index, account] of accounts.entries())
      names.add(account.name, accountPseudonym(count, index, account.name));
  }
  const newPerson = (account: string): string => {
    count += 1;
    const pseudonym = accountPseudonym(count, 0, account);
    names.add(account, pseudonym);
    return pseudonym;
  };
  const bots = new Set(
    people.persons.filter(({ bot }) => bot).flatMap(({ accounts }) => accounts.map(({ name }) => name)),
  );
  for (const { name, account } of shown) {
    if (account === "" || bots.has(account) || nobody.test(account)) continue;
    const pseudonym = names.pseudonymOf(account) ?? newPerson(account);
    names.add(name, pseudonymOf(numberOf(pseudonym)));
  }
  return {
    find(text) {
      const found: NamedPerson[] = [];
      for (const match of text.matchAll(signed)) {
        const { head = "", name = "", mail = "" } = match.groups ?? {};
        if (!address.test(mail) || nobody.test(mail) || name.trim() === "" || names.has(name)) continue;
        const pseudonym = names.pseudonymOf(mail) ?? newPerson(mail);
        names.add(name, pseudonymOf(numberOf(pseudonym)));
        const start = match.index + head.length;
        found.push({ start, end: start + name.length, pseudonym: pseudonymOf(numberOf(pseudonym)) });
      }
      for (const match of text.matchAll(word)) found.push(...findAt(text, match.index, match[0]));
      return found;
    },
  };

  function findAt(text: string, start: number, token: string): NamedPerson[] {
    const known = names.longestAt(text, start, token);
    if (known !== null) return [known];
    const mail = token.replace(/[.%+'’-]+$/, "");
    return address.test(mail) ? [{ start, end: start + mail.length, pseudonym: newPerson(mail) }] : [];
  }
}

function accountPseudonym(person: number, index: number, name: string): string {
  const account = accountPseudonymOf(person, index);
  return address.test(name) ? `${account}@redacted.invalid` : account;
}

function numberOf(pseudonym: string): string {
  return /^person-(\d+)/.exec(pseudonym)?.[1] ?? "";
}

/** Names by their first word: so that a text is looked through once, however many persons there are. */
class NameTable {
  readonly #byFirst = new Map<string, { name: string; pseudonym: string }[]>();
  readonly #pseudonyms = new Map<string, string>();

  add(name: string, pseudonym: string): void {
    const key = name.trim().toLowerCase();
    if (key.length < shortestName || this.#pseudonyms.has(key)) return;
    this.#pseudonyms.set(key, pseudonym);
    for (const spelling of new Set([key, escaped(key), key.replaceAll("@", "%40")])) this.#index(spelling, pseudonym);
  }

  #index(name: string, pseudonym: string): void {
    const first = firstWordOf(name);
    const list = this.#byFirst.get(first) ?? [];
    list.push({ name, pseudonym });
    // The longest first: "Ada Osei" before "Ada".
    this.#byFirst.set(
      first,
      list.sort((left, right) => right.name.length - left.name.length),
    );
  }

  has(name: string): boolean {
    return this.#pseudonyms.has(name.trim().toLowerCase());
  }

  pseudonymOf(name: string): string | undefined {
    return this.#pseudonyms.get(name.trim().toLowerCase());
  }

  longestAt(text: string, start: number, token: string): NamedPerson | null {
    for (const { name, pseudonym } of this.#byFirst.get(firstWordOf(token.toLowerCase())) ?? []) {
      const end = start + name.length;
      if (text.slice(start, end).toLowerCase() === name && !continuesWord(text, end)) return { start, end, pseudonym };
    }
    return null;
  }
}

function firstWordOf(name: string): string {
  return /[\p{L}\p{N}]+/u.exec(name)?.[0] ?? name;
}

function continuesWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}_]/u.test(text.slice(at, at + 2));
}

/** As JSON writes what is not ASCII, where a system writes it so. */
function escaped(name: string): string {
  return name.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
