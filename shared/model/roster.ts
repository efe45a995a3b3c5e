import { readCsv } from "./csv.ts";
import { Role } from "./person.ts";

/** A line of the entity's list of people. */
export interface RosterLine {
  readonly line: number;
  readonly id: string;
  readonly name: string;
  readonly emails: readonly string[];
  readonly logins: readonly string[];
  readonly roles: readonly string[];
  /** Days or moments as written; empty where the list does not say. */
  readonly joined: string;
  readonly left: string;
  /** Roles that Tickmark does not know. */
  readonly unknownRoles: readonly string[];
}

export interface Roster {
  readonly columns: readonly string[];
  /** Columns that must be there and are not: then nothing is read. */
  readonly missing: readonly string[];
  readonly people: readonly RosterLine[];
  readonly unread: readonly { readonly line: number; readonly reason: string }[];
}

const required = ["name", "emails", "logins", "roles"] as const;

/**
 * Reads a list of people: CSV with the columns name, emails, logins and roles, and id, joined and left where
 * the entity has them.
 * Several values in a cell are separated by semicolons or spaces.
 */
export function readRosterText(text: string): Roster {
  const [header, ...rows] = readCsv(text);
  const columns = header && "cells" in header ? header.cells.map((cell) => cell.trim().toLowerCase()) : [];
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) return { columns, missing, people: [], unread: [] };
  const people: RosterLine[] = [];
  const unread: { line: number; reason: string }[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const read = "cells" in row ? readPerson(row.line, columns, row.cells) : row.reason;
    const reason = typeof read === "string" ? read : seen.has(read.id) ? `the id "${read.id}" is there already` : "";
    if (typeof read === "string" || reason) {
      unread.push({ line: row.line, reason });
      continue;
    }
    seen.add(read.id);
    people.push(read);
  }
  return { columns, missing, people, unread };
}

function readPerson(line: number, columns: readonly string[], cells: readonly string[]): RosterLine | string {
  if (cells.length !== columns.length)
    return `it has ${cells.length} cells where the file has ${columns.length} columns`;
  const cell = (name: string): string => (cells[columns.indexOf(name)] ?? "").trim();
  const list = (name: string): string[] =>
    cell(name)
      .split(/[;\s]+/)
      .filter((value) => value !== "");
  const emails = list("emails");
  const logins = list("logins");
  const roles = list("roles").map((role) => role.toLowerCase());
  const name = cell("name");
  if (name === "") return "it has no name";
  if (emails.length + logins.length === 0) return `${name} has neither an address nor a login`;
  const id = (columns.includes("id") ? cell("id") : "") || emails[0]?.toLowerCase() || logins[0] || "";
  const when = (column: string): string => (columns.includes(column) ? cell(column) : "");
  const unknownRoles = roles.filter((role) => !Role.safeParse(role).success);
  return { line, id, name, emails, logins, roles, joined: when("joined"), left: when("left"), unknownRoles };
}
