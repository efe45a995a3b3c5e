import { type Command, Option } from "commander";
import type { JudgementView } from "../../../shared/model/judgement-view.ts";
import { effectWords, judgementStandings } from "../../../shared/model/judgement-words.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { Outcome } from "../../../shared/model/result.ts";
import { type Runner, textOption } from "../command.ts";
import { type Options, populationOption, usage } from "./draw-options.ts";

const help = `
The result stays as it is. Only missing evidence can be disposed of, by something else that was done (--done, --seen); a failure
taken for no deviation is shown beside both numbers, and support never rests on it. Without --control all judgements are shown.`;

/** `--by`: a name that is claimed, as all names in an engagement are; the signature on the bundle is what proves one. */
export function byOption(): Option {
  return new Option("--by <name>", "who does it; the engagement's auditor without it");
}

export function readBy(options: Options): { by?: string } {
  return options.by === undefined ? {} : { by: textOption(options, "by") };
}

/** The auditor's own conclusion on a result. */
export function addJudgementCommands(program: Command, { run }: Runner): void {
  program
    .command("judge <file>")
    .description("judge a result: what you conclude stands beside it, with reason, name and time")
    .addOption(populationOption())
    .option("--control <id>", "control of the result")
    .option("--assertion <id>", "assertion of the result")
    .option("--item <id>", "item of the result")
    .addOption(new Option("--as <outcome>", "what you conclude").choices(Outcome.options))
    .option("--withdraw", "take back what was judged before")
    .option("--reason <sentence>", "why, for the workpaper")
    .option("--done <sentence>", "what was done instead, where evidence is missing")
    .option("--seen <sentence>", "what was seen by it")
    .option("--document <sha256...>", "evidence of the engagement that shows it")
    .addOption(byOption())
    .addHelpText("after", help)
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        if (options.control === undefined) {
          const all = await client.call("judgement.list", {});
          output.result(all, all.length > 0 ? all.flatMap(describeJudgement) : ["Nothing was judged yet."]);
          return;
        }
        const view = await client.call("judgement.make", {
          population: options.population as PopulationKind,
          control: textOption(options, "control"),
          assertion: textOption(options, "assertion"),
          item: textOption(options, "item"),
          outcome: readOutcome(options),
          reason: textOption(options, "reason"),
          procedure: readProcedure(options),
          ...readBy(options),
        });
        output.result(view, describeJudgement(view));
      }),
    );
}

function readOutcome(options: Options): Outcome | null {
  if ((options.as === undefined) === (options.withdraw === undefined))
    throw usage("A judgement needs either --as or --withdraw.", "Give one of them.");
  return options.as === undefined ? null : (options.as as Outcome);
}

function readProcedure(options: Options): { done: string; seen: string; documents: string[] } | null {
  const { done, seen, document } = options;
  if (done === undefined && seen === undefined && document === undefined) return null;
  if (done === undefined || seen === undefined)
    throw usage("Another procedure needs --done and --seen.", "Say what was done, and what was seen.");
  return { done: String(done), seen: String(seen), documents: (document ?? []) as string[] };
}

export function describeJudgement({ ref, judgement, effect, standing }: JudgementView): string[] {
  const { control, assertion, item, tested, outcome, reason, procedure, by, at } = judgement;
  const judged = outcome === null ? "taken back" : `${tested} judged as ${outcome}`;
  return [
    `${ref} ${control} ${assertion} on ${item}: ${judged}`,
    `  ${[effect === null ? "" : effectWords[effect], judgementStandings[standing]].filter(Boolean).join("; ")}`,
    `  ${reason}`,
    ...(procedure === null ? [] : [`  done: ${procedure.done}`, `  seen: ${procedure.seen}`]),
    ...(procedure?.documents ?? []).map((sha256) => `  document ${sha256}`),
    `  ${by}, ${at}`,
  ];
}
