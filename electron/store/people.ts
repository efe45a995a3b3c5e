import { People } from "../../shared/model/person.ts";
import type { Connection } from "./connection.ts";
import { readJson, writeJson } from "./json-column.ts";

export interface PeopleReading {
  /** The persons as last saved; undefined before. */
  people(): People | undefined;
}

export interface PeopleWriting {
  /** Earlier versions stay in the file. */
  savePeople(people: People): void;
}

export function readPeople(database: Connection): PeopleReading {
  const last = database.prepare<[], string>("SELECT json FROM people ORDER BY number DESC LIMIT 1").pluck();
  return {
    people() {
      const json = last.get();
      return json === undefined ? undefined : readJson(json, People, "the list of persons");
    },
  };
}

export function writePeople(database: Connection): PeopleWriting {
  const insert = database.prepare("INSERT INTO people (json) VALUES (?)");
  return {
    savePeople(people) {
      insert.run(writeJson(people));
    },
  };
}
