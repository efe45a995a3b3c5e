import type { Account, People, Person, PersonRef } from "../model/person.ts";

/** Finds persons by account. An account that nobody vouches for gives a person that is not known. */
export interface Directory {
  resolve(account: Account, writtenName?: string): PersonRef;
}

/** What two spellings of one account have in common. */
export function accountKey({ system, name }: Account): string {
  return `${system}:${name.toLowerCase()}`;
}

export const nobody: PersonRef = { id: "", name: "", known: false, bot: false, account: "", roles: [] };

export function createDirectory(people: People): Directory {
  const byAccount = new Map<string, Person>();
  for (const person of people.persons)
    for (const account of person.accounts) byAccount.set(accountKey(account), person);
  return {
    resolve(account, writtenName) {
      if (account.name === "") return nobody;
      const person = byAccount.get(accountKey(account));
      if (person) {
        const { name, bot, roles } = person;
        return { id: person.id, name, known: true, bot, account: account.name, roles: [...roles] };
      }
      const id = `unknown:${accountKey(account)}`;
      return { id, name: writtenName || account.name, known: false, bot: false, account: account.name, roles: [] };
    },
  };
}
