import type { Command } from "commander";
import type { NoteView } from "../../../shared/model/judgement-view.ts";
import { noteStates, sayRestoration } from "../../../shared/model/judgement-words.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { NoteAct, NoteSubject } from "../../../shared/model/review-note.ts";
import { type Runner, textOption } from "../command.ts";
import { numberOfRef, type Options, populationOption, usage } from "./draw-options.ts";
import { byOption, readBy } from "./judgement-commands.ts";

/** What a reviewer wants done or explained. */
export function addNoteCommands(program: Command, { run }: Runner): void {
  const group = program.command("note").description("review notes: raised, answered, and cleared by who raised them");

  group
    .command("list <file>")
    .description("show the review notes with their answers")
    .action(
      run<[string]>(async ({ output, engagement }, _options, file) => {
        const client = await engagement(file);
        const all = await client.call("note.list", {});
        output.result(all, all.length > 0 ? all.flatMap(describeNote) : ["There are no review notes."]);
      }),
    );

  group
    .command("add <file>")
    .description("raise a note on the engagement, on a control, or on a control's results on one item")
    .requiredOption("--text <text>", "what is to be done or explained")
    .option("--control <id>", "the control; the engagement without it")
    .option("--item <id>", "the item")
    .addOption(populationOption())
    .addOption(byOption())
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const view = await client.call("note.raise", {
          about: readSubject(options),
          text: textOption(options, "text"),
          ...readBy(options),
        });
        output.result(view, describeNote(view));
      }),
    );

  const add = (kind: NoteAct["kind"], description: string, text: string) =>
    group
      .command(`${kind} <file> <ref>`)
      .description(description)
      .requiredOption("--text <text>", text)
      .addOption(byOption())
      .action(
        run<[string, string]>(async ({ output, engagement }, options, file, ref) => {
          const client = await engagement(file);
          const request = {
            kind,
            number: numberOfRef("N", ref),
            text: textOption(options, "text"),
            ...readBy(options),
          };
          const view = await client.call("note.act", request);
          output.result(view, describeNote(view));
        }),
      );
  add("answer", "answer a note", "the answer");
  add("clear", "clear an answered note: only who raised it can", "why it is cleared");
}

function readSubject(options: Options): NoteSubject {
  if (options.control === undefined) {
    if (options.item !== undefined) throw usage("A note on an item needs --control.", "Give the control too.");
    return { kind: "engagement" };
  }
  const control = textOption(options, "control");
  if (options.item === undefined) return { kind: "control", control };
  return { kind: "item", control, population: options.population as PopulationKind, item: textOption(options, "item") };
}

export function describeNote({ ref, note, state, about }: NoteView): string[] {
  return [
    `${ref} on ${about}: ${noteStates[state]}`,
    `  ${note.by}, ${note.at}: ${note.text}`,
    ...note.answers.map(({ by, at, text }) => `  answered by ${by}, ${at}: ${text}`),
    ...(note.cleared === null ? [] : [`  cleared by ${note.cleared.by}, ${note.cleared.at}: ${note.cleared.text}`]),
    ...(note.restoration ? [`  ${sayRestoration(note.restoration)}`] : []),
  ];
}
