import { type Command, Option } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import type { ExceptionView, JudgementView, NoteView } from "../../../shared/model/judgement-view.ts";
import { nameScope } from "../../../shared/model/judgement-words.ts";
import type { LatestMark, MarkView } from "../../../shared/model/mark.ts";
import { finalWords, markKindWords, nothingToUndo, reversalWords } from "../../../shared/model/mark-words.ts";
import type { PeopleView } from "../../../shared/model/people-decision.ts";
import type { ScopeSignOffs } from "../../../shared/model/sign-off.ts";
import type { Client } from "../client.ts";
import { type Runner, textOption } from "../command.ts";
import { type Options, usage } from "./draw-options.ts";
import { describeException } from "./exception-commands.ts";
import { byOption, describeJudgement, readBy } from "./judgement-commands.ts";
import { describeNote } from "./note-commands.ts";
import { describeDecided } from "./people-commands.ts";
import { describeScope } from "./sign-off-commands.ts";

const help = `
A mark is a judgement, a sign-off, what was done to an exception or a review note, or a decision on who is who. The last one that
was not undone is taken back, and nothing is erased. A sign-off is withdrawn, and an act on a note undone, only by whose it was.
What was drawn or frozen, a note that was raised and a withdrawal are never undone: where one of these came last, an earlier mark is
taken back only if its entry is named.`;

/** The last mark of any kind, as Ctrl+Z of the window takes it back. */
export function addUndoCommand(program: Command, { run }: Runner): void {
  program
    .command("undo <file>")
    .description("take back the last mark of any kind by one more entry of the log, or show what it is")
    .option("--reason <sentence>", "why it is taken back, for the workpaper")
    .option("--entry <number>", "the entry that is meant, as --show tells it; refused where it is not the last mark")
    .addOption(new Option("--show", "only show what would be taken back, and how").conflicts(["reason", "entry", "by"]))
    .addOption(byOption())
    .addHelpText("after", help)
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        if (options.show === true) {
          const shown = await (await engagement(file)).call("mark.latest", {});
          output.result(shown, describeLatest(shown));
          return;
        }
        const reason = textOption(options, "reason").trim();
        if (reason === "")
          throw usage("An undo needs --reason.", "Say why it is taken back; --show tells what would be.");
        const named = readEntry(options);
        const client = await engagement(file);
        const undone = chooseMark(await client.call("mark.latest", {}), named);
        const latest = await client.call("mark.undo", { entry: undone.entry, reason, ...readBy(options) });
        const { value, lines } = await readStanding(client, undone);
        output.result({ undone, stands: value, latest }, [
          `Undone: ${describeMark(undone)}`,
          "What stands now:",
          ...lines.map((line) => `  ${line}`),
        ]);
      }),
    );
}

function readEntry({ entry }: Options): number | null {
  if (entry === undefined) return null;
  const number = Number(entry);
  if (Number.isInteger(number) && number > 0) return number;
  throw usage("--entry takes the number of an entry of the activity log, such as 12.", "See --show.");
}

/** @throws request-invalid where nothing stands, where it is not the one that is meant, or where nobody knows whether it is */
function chooseMark({ mark, final }: LatestMark, named: number | null): MarkView {
  if (mark === null)
    throw refusal(nothingToUndo, final === null ? "Judge, sign off or write up first." : finalWords[final]);
  const last = describeMark(mark);
  if (named !== null && named !== mark.entry) {
    throw refusal(
      `Entry ${named} is not the last mark, and nothing was undone.`,
      `The last mark is ${last}. Marks are undone the last first.`,
    );
  }
  if (named === null && final !== null) {
    throw refusal(
      `Nothing was undone. ${finalWords[final]}`,
      `The last mark before that is ${last}: to undo it, give --entry ${mark.entry}.`,
    );
  }
  return mark;
}

function refusal(what: string, action: string): TickmarkError {
  return new TickmarkError("request-invalid", what, action);
}

type Stands = JudgementView | ExceptionView | NoteView | ScopeSignOffs | PeopleView | null;

/** What the mark was on, as it is after the undoing. */
async function readStanding(
  client: Client,
  { kind, ref, about }: MarkView,
): Promise<{ readonly value: Stands; readonly lines: readonly string[] }> {
  switch (kind) {
    case "judgement":
    case "taken-back-judgement": {
      // The reversal is a judgement itself, and nobody else has written to the file since.
      const value = found((await client.call("judgement.list", {})).at(-1), ref);
      const { outcome, tested } = value.judgement;
      const counts = outcome === null ? `${tested}, as the rule found it` : `${outcome}, as it was judged before`;
      return { value, lines: [`the result counts as ${counts}`, ...describeJudgement(value)] };
    }
    case "sign-off": {
      const all = await client.call("sign-off.list", {});
      const value = all.find(({ scope }) => nameScope(scope) === about) ?? null;
      // A control that was signed off and is in no sample any more has no line in the list.
      return { value, lines: [value === null ? `${about}: in no sample that is tested` : describeScope(value)] };
    }
    case "new-exception":
    case "exception": {
      const all = await client.call("exception.list", {});
      const value = found(
        all.find((each) => each.ref === ref),
        ref,
      );
      return { value, lines: describeException(value) };
    }
    case "note": {
      const all = await client.call("note.list", {});
      const value = found(
        all.find((each) => each.ref === ref),
        ref,
      );
      return { value, lines: describeNote(value) };
    }
    case "decision": {
      const value = await client.call("people.list", {});
      return { value, lines: describeDecided(value) };
    }
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new TickmarkError("internal", `${what} was undone, and is not listed any more.`, "Look at the activity log.");
}

function describeLatest({ mark, final }: LatestMark): string[] {
  const said = final === null ? [] : [finalWords[final]];
  if (mark === null) return [nothingToUndo, ...said];
  return [...said, `Last mark: ${describeMark(mark)}`, `  ${reversalWords[mark.reversal]}`];
}

function describeMark({ kind, ref, about, by, at, entry }: MarkView): string {
  const on = about === ref ? "" : ` on ${about}`;
  return `${markKindWords[kind].toLowerCase()} ${ref}${on} by ${by}, ${at} (entry ${entry})`;
}
