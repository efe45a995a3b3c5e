import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { TickmarkError } from "../../../shared/errors.ts";
import {
  AnswersFile,
  CodeFile,
  DeploymentsFile,
  JudgementsFile,
  OperationsFile,
  PeopleFile,
  PortalFile,
  type Story,
  StoryChange,
  StoryFile,
  StoryTicket,
} from "./story-schema.ts";

/**
 * Reads the demo story from its YAML files and checks that it hangs together.
 *
 * @param folder `resources/demo`; found from this file upwards when not given, so that it works from the sources
 *   and from a packaged app that keeps `resources` beside or above its code
 * @throws file-missing, record-invalid
 */
export function readStory(folder: string = findStoryFolder()): Story {
  const read = <T extends z.ZodType>(name: string, schema: T): z.output<T> => readFile(join(folder, name), schema);
  const { tags, deployments, staging } = read("deployments.yaml", DeploymentsFile);
  const story: Story = {
    ...read("story.yaml", StoryFile),
    changes: read("changes.yaml", z.array(StoryChange)).toSorted((a, b) => a.at - b.at),
    tickets: read("tickets.yaml", z.record(z.string(), StoryTicket)),
    tags,
    production: deployments,
    staging,
    people: read("people.yaml", PeopleFile),
    code: read("code.yaml", CodeFile),
    operations: read("operations.yaml", OperationsFile),
    answers: read("answers.yaml", AnswersFile),
    judged: read("judgements.yaml", JudgementsFile),
    portal: read("portal.yaml", PortalFile),
  };
  checkNames(story, folder);
  return story;
}

function readFile<T extends z.ZodType>(path: string, schema: T): z.output<T> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new TickmarkError(
      "file-missing",
      `The demo story's file ${path} cannot be read.`,
      "Install Tickmark again, or restore the folder resources/demo.",
      { cause },
    );
  }
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw invalid(path, z.prettifyError(parsed.error));
  return parsed.data;
}

/** What the schemas cannot see: one entry naming another. */
function checkNames(story: Story, folder: string): void {
  const ids = new Set(story.changes.map((change) => change.id));
  if (ids.size !== story.changes.length) throw invalid(folder, "two changes have the same id");
  for (const change of story.changes) {
    if (!story.code.source[change.file]) throw invalid(folder, `${change.id} edits an unknown file, ${change.file}`);
    for (const other of [change.from, change.reverts]) {
      if (other !== undefined && !ids.has(other))
        throw invalid(folder, `${change.id} names an unknown change, ${other}`);
    }
  }
  const tags = new Set(story.tags.map((tag) => tag.tag));
  for (const { id, tag, change, revision } of [...story.production, ...story.staging]) {
    const known = (tag !== undefined && tags.has(tag)) || (change !== undefined && ids.has(change));
    if (!known && revision === undefined) throw invalid(folder, `deployment ${id} deploys nothing that is known`);
  }
}

function invalid(path: string, why: string): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `The demo story in ${path} is not as it should be: ${why}.`,
    "Restore the folder resources/demo from the same version of Tickmark.",
  );
}

function findStoryFolder(): string {
  let folder = import.meta.dirname;
  for (;;) {
    const candidate = join(folder, "resources", "demo");
    if (existsSync(join(candidate, "story.yaml"))) return candidate;
    const above = dirname(folder);
    if (above === folder) return join(import.meta.dirname, "resources", "demo");
    folder = above;
  }
}
