import type { Fact } from "../model/facts.ts";

/** A number that a system counts through: what lies between two of them and was not received is asked after. */
export interface SequenceNumber {
  /** "pull requests", "tickets", "builds". */
  readonly what: string;
  /** What is counted through: a repository, a project, a job. */
  readonly scope: string;
  readonly number: number;
  /** What may explain a missing number, without judging it. */
  readonly note: string;
}

/** The number that a fact has in a sequence; null when it has none, such as an id that a whole site shares. */
export function sequenceNumberOf(fact: Fact): SequenceNumber | null {
  switch (fact.kind) {
    case "change-request":
      return { what: "requests", scope: fact.repository, number: fact.number, note: requestNotes[fact.system] };
    case "ticket":
      return {
        what: "tickets",
        scope: fact.project,
        number: Number(/-(\d+)$/.exec(fact.key)?.[1] ?? -1),
        note: "Tickets that were deleted or moved to another project leave their numbers, and so do those that the account may not see.",
      };
    case "build": {
      const [, job = "", number = ""] = /^(.+)#(\d+)$/.exec(fact.id) ?? [];
      if (number === "") return null;
      return { what: "builds", scope: job, number: Number(number), note: "CI servers discard old builds." };
    }
    default:
      return null;
  }
}

const outside = "Requests outside of the period, into other branches, or not merged may not have been asked for.";
const requestNotes = {
  "github": `Issues share their numbers with pull requests. ${outside}`,
  "gitlab": outside,
  "gerrit": `Changes of the whole server share their numbers. ${outside}`,
  "bitbucket": outside,
  "azure-devops": `Requests of the whole organisation share their numbers. ${outside}`,
} as const;
