import { type Command, Option } from "commander";
import { Closure, type ExceptionAct, Retest, Severity } from "../../../shared/model/audit-exception.ts";
import type { ExceptionView } from "../../../shared/model/judgement-view.ts";
import { closureWords, exceptionStates, sayRestoration, severityWords } from "../../../shared/model/judgement-words.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { type Runner, textOption } from "../command.ts";
import { numberOfRef, type Options, populationOption } from "./draw-options.ts";
import { byOption, readBy } from "./judgement-commands.ts";

type Act = (number: number, options: Options) => ExceptionAct;

/** Deviations written up, answered, retested and closed. */
export function addExceptionCommands(program: Command, { run }: Runner): void {
  const group = program
    .command("exception")
    .description("write up deviations: criterion, condition, cause, effect, response, retest");

  group
    .command("list <file>")
    .description("show the exceptions with their state")
    .action(
      run<[string]>(async ({ output, engagement }, _options, file) => {
        const client = await engagement(file);
        const all = await client.call("exception.list", {});
        output.result(all, all.length > 0 ? all.flatMap(describeException) : ["There are no exceptions."]);
      }),
    );

  writeUpOptions(group.command("add <file>").description("write up a deviation of a control, with its items"))
    .addOption(byOption())
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const view = await client.call("exception.raise", { ...readWriteUp(options), ...readBy(options) });
        output.result(view, describeException(view));
      }),
    );

  const add = (command: Command, act: Act) =>
    command.addOption(byOption()).action(
      run<[string, string]>(async ({ output, engagement }, options, file, ref) => {
        const client = await engagement(file);
        const view = await client.call("exception.act", act(numberOfRef("G", ref), options));
        output.result(view, describeException(view));
      }),
    );

  add(
    writeUpOptions(group.command("revise <file> <ref>").description("write an exception up anew; the log keeps both")),
    (number, options) => ({ kind: "revise", number, ...readWriteUp(options), ...readBy(options) }),
  );
  add(
    group
      .command("answer <file> <ref>")
      .description("enter management's response")
      .requiredOption("--response <text>", "what management says")
      .requiredOption("--owner <name>", "who answers for the remedy")
      .requiredOption("--due <day>", "YYYY-MM-DD"),
    (number, options) => ({
      kind: "answer",
      number,
      response: textOption(options, "response"),
      owner: textOption(options, "owner"),
      due: textOption(options, "due"),
      ...readBy(options),
    }),
  );
  add(
    group
      .command("retest <file> <ref>")
      .description("enter a retest of the remedy")
      .requiredOption("--date <day>", "when, YYYY-MM-DD")
      .addOption(
        new Option("--outcome <o>", "what it showed").choices(Retest.shape.outcome.options).makeOptionMandatory(),
      )
      .requiredOption("--note <text>", "what was tested, and what was seen"),
    (number, options) => ({
      kind: "retest",
      number,
      date: textOption(options, "date"),
      outcome: options.outcome as Retest["outcome"],
      note: textOption(options, "note"),
      ...readBy(options),
    }),
  );
  add(
    group
      .command("close <file> <ref>")
      .description("close an exception: remedied after a retest, its risk accepted, or withdrawn")
      .addOption(new Option("--why <why>", "why it is closed").choices(Closure.shape.why.options).makeOptionMandatory())
      .requiredOption("--reason <text>", "for the workpaper"),
    (number, options) => ({
      kind: "close",
      number,
      why: options.why as Closure["why"],
      reason: textOption(options, "reason"),
      ...readBy(options),
    }),
  );
  add(group.command("reopen <file> <ref>").description("open a closed exception again"), (number, options) => ({
    kind: "reopen",
    number,
    ...readBy(options),
  }));
}

function writeUpOptions(command: Command): Command {
  return command
    .requiredOption("--control <id>", "control that was deviated from")
    .requiredOption("--title <text>", "in a few words")
    .addOption(new Option("--severity <s>", "how much it weighs").choices(Severity.options).default("deficiency"))
    .requiredOption("--criterion <text>", "what should be")
    .requiredOption("--condition <text>", "what is")
    .requiredOption("--cause <text>", "why")
    .requiredOption("--effect <text>", "what follows")
    .addOption(populationOption())
    .option("--item <id...>", "sampled items that it is about");
}

function readWriteUp(options: Options) {
  const population = options.population as PopulationKind;
  return {
    control: textOption(options, "control"),
    title: textOption(options, "title"),
    severity: options.severity as Severity,
    criterion: textOption(options, "criterion"),
    condition: textOption(options, "condition"),
    cause: textOption(options, "cause"),
    effect: textOption(options, "effect"),
    items: ((options.item ?? []) as string[]).map((item) => ({ population, item })),
  };
}

export function describeException({ ref, exception, state, itemRefs }: ExceptionView): string[] {
  const { control, title, severity, criterion, condition, cause, effect, items, response, retests, closure } =
    exception;
  const { restoration } = exception;
  const named = items.map(({ item }, index) => itemRefs[index] ?? item).join(", ");
  return [
    `${ref} ${control} ${title}: ${exceptionStates[state]}, ${severityWords[severity]}`,
    ...(named === "" ? [] : [`  items: ${named}`]),
    `  criterion: ${criterion}`,
    `  condition: ${condition}`,
    `  cause: ${cause}`,
    `  effect: ${effect}`,
    response === null
      ? "  management has not answered"
      : `  response: ${response.response} (${response.owner}, due ${response.due})`,
    ...retests.map(({ date, outcome, note, by }) => `  retest ${date} by ${by}: ${outcome}; ${note}`),
    ...(closure === null ? [] : [`  closed by ${closure.by}: ${closureWords[closure.why]}; ${closure.reason}`]),
    ...(restoration ? [`  ${sayRestoration(restoration)}`] : []),
  ];
}
