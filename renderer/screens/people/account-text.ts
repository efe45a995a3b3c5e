import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { Account, Person } from "../../../shared/model/person.ts";

/** `github: ada-login`, with what cannot be seen made visible. */
export function accountText({ system, name }: Account): string {
  return `${system}: ${showHidden(name)}`;
}

/** An account of a known person, as it is offered to choose: `Ada Author, github: ada-login`. */
export interface OfferedAccount {
  readonly text: string;
  readonly account: Account;
}

/** Every account of every person but those of whoever has one already. */
export function offerAccounts(persons: readonly Person[], joined: Account): OfferedAccount[] {
  const others = persons.filter((person) => !hasAccount(person, joined));
  return others.flatMap(({ name, accounts }) =>
    accounts.map((account) => ({ text: `${showHidden(name)}, ${accountText(account)}`, account })),
  );
}

/** Whose the account is counted as now; null where nobody is known behind it. */
export function findHolder(persons: readonly Person[], account: Account): Person | null {
  return persons.find((person) => hasAccount(person, account)) ?? null;
}

function hasAccount({ accounts }: Person, account: Account): boolean {
  const key = accountText(account).toLowerCase();
  return accounts.some((own) => accountText(own).toLowerCase() === key);
}

/** Persons of whom a name or an account holds what was typed, without regard to case. */
export function findPersons(persons: readonly Person[], typed: string): readonly Person[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return persons;
  return persons.filter(({ id, name, accounts, roles }) =>
    [id, name, ...roles, ...accounts.map(accountText)].some((text) => text.toLowerCase().includes(wanted)),
  );
}
