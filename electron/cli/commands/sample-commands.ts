import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import { ControlFrequency, ControlRisk } from "../../../shared/model/house-table.ts";
import { type PlanRequest, SamplingModel } from "../../../shared/model/sample-plan.ts";
import { furtherSample } from "../../../shared/sample/further-sample.ts";
import { lookUpSize } from "../../../shared/sample/house-table.ts";
import { limitOf } from "../../../shared/sample/limit.ts";
import { limitRows } from "../../../shared/sample/limit-table.ts";
import { planSample } from "../../../shared/sample/plan.ts";
import { planRows } from "../../../shared/sample/plan-table.ts";
import { projectDeviations } from "../../../shared/sample/projection.ts";
import { fillTable, type RowKind, writeRow } from "../../../shared/sample/sample-table.ts";
import { planTwoStages } from "../../../shared/sample/two-stage-plan.ts";
import { type CommandContext, type Runner, textOption } from "../command.ts";
import type { ExitStatus, Output } from "../output.ts";
import { sampleGroup } from "./sample-group.ts";

type Options = Record<string, unknown>;
type Context = Pick<CommandContext, "output">;

/** `tickmark sample plan` and `tickmark sample limit`: by figures alone, without an engagement. */
export function addSampleCommands(program: Command, { run }: Runner): void {
  const sample = sampleGroup(program);
  addModelOptions(
    sample
      .command("plan")
      .description("plan a sample: how many items, and how many of them may deviate")
      .option("--expected-rate <rate>", "share of deviations that is expected")
      .option("--expected-deviations <n>", "number of deviations that the sample shall put up with", wholeNumber)
      .option("--discovery", "discovery sampling: no deviation is put up with (also when nothing is said)")
      .option("--two-stage", "stop-or-go in two stages, with the risk of both held together")
      .option("--table <name or file>", "take the size from a house table, which is not statistical")
      .addOption(
        choice("--frequency <frequency>", "for a house table: how often the control operates", ControlFrequency),
      )
      .addOption(
        choice("--risk <risk>", "for a house table: assessed risk of the control", ControlRisk).default("moderate"),
      )
      .option("--csv <file>", "fill in the plans of a table and write it to standard output"),
  ).action(
    run<[]>(async ({ output }, options) => {
      if (options.csv !== undefined) return fillFile(output, textOption(options, "csv"), planRows);
      if (options.table !== undefined || options.frequency !== undefined) return planByTable({ output }, options);
      return planByModel({ output }, options);
    }),
  );

  addModelOptions(
    sample
      .command("limit")
      .description(
        "say what a tested statistical sample shows: most likely rate, limits, and whether a rate is supported",
      )
      .option("--tested <n>", "items tested, without those that were replaced", wholeNumber)
      .option("--deviations <n>", "deviations found, with items that could not be tested", wholeNumber)
      .option("--csv <file>", "fill in the tested samples of a table and write it to standard output"),
  ).action(
    run<[]>(async ({ output }, options) => {
      if (options.csv !== undefined) return fillFile(output, textOption(options, "csv"), limitRows);
      return stateLimit({ output }, options);
    }),
  );
}

function addModelOptions(command: Command): Command {
  return command
    .addOption(choice("--method <method>", "what deviations follow", SamplingModel).default("binomial"))
    .option("--confidence <decimal>", "such as 0.95")
    .option("--tolerable <rate>", "tolerable rate of deviation, such as 0.05")
    .option("--population <n>", "items in the population; the hypergeometric method needs it", wholeNumber)
    .option("--items <name>", "what is sampled, in the plural", "items");
}

function planByModel({ output }: Context, options: Options): ExitStatus {
  const request: PlanRequest = {
    ...modelOf(options),
    tolerableRate: needed(options, "tolerable"),
    expectedRate: optionalText(options, "expectedRate"),
    expectedDeviations: optionalNumber(options, "expectedDeviations"),
  };
  const expects = request.expectedRate !== null || request.expectedDeviations !== null;
  if (request.expectedRate !== null && request.expectedDeviations !== null) {
    throw wrongUsage("An expected rate and a number of expected deviations were given.", "Give one of them.");
  }
  if (expects && (options.discovery === true || options.twoStage === true)) {
    const kind = options.discovery === true ? "Discovery sampling" : "A plan in two stages";
    throw wrongUsage(`${kind} takes no expected deviations.`, "Leave out one or the other.");
  }
  const plan = options.twoStage === true ? planTwoStages(request) : planSample(request);
  output.result(plan, [plan.sentence]);
  return 0;
}

/** Options of a statistical plan; "yes" or "no" to a house table, never half of each. */
const statisticalOptions = ["confidence", "tolerable", "expectedRate", "expectedDeviations", "discovery", "twoStage"];

async function planByTable({ output }: Context, options: Options): Promise<ExitStatus> {
  if (statisticalOptions.some((name) => options[name] !== undefined)) {
    throw wrongUsage(
      "A house table is not statistical, and takes no confidence, rates, deviations or stages.",
      "Give a frequency and a risk only, or plan without a table.",
    );
  }
  if (options.frequency === undefined) {
    throw wrongUsage("A house table needs the frequency of the control.", "Give it with --frequency.");
  }
  const { readHouseTable, usualHouseTable } = await import("../../engine/house-tables.ts");
  const plan = lookUpSize(readHouseTable(textOption({ table: usualHouseTable, ...options }, "table")), {
    frequency: ControlFrequency.parse(options.frequency),
    risk: ControlRisk.parse(options.risk),
    populationSize: optionalNumber(options, "population"),
    itemName: textOption(options, "items"),
  });
  output.result(plan, [plan.sentence, ...plan.sources.map(({ grade, where }) => `  source (${grade}): ${where}`)]);
  return 0;
}

function stateLimit({ output }: Context, options: Options): ExitStatus {
  const limit = limitOf({
    ...modelOf(options),
    tolerableRate: optionalText(options, "tolerable"),
    size: Number(needed(options, "tested")),
    deviations: Number(needed(options, "deviations")),
  });
  if (limit.status === "invalid") {
    output.result(limit, [limit.sentence]);
    return 2;
  }
  const further = furtherSample(limit);
  const { populationSize } = limit.request;
  const projection = populationSize === null ? null : projectDeviations(limit, populationSize);
  output.result({ ...limit, furtherSample: further, projection }, [
    limit.sentence,
    ...(projection ? [projection.sentence] : []),
    ...(further && further.additional !== 0 ? [further.sentence] : []),
  ]);
  return 0;
}

/** @throws file-missing, request-invalid naming row and column */
function fillFile(output: Output, path: string, kinds: Readonly<Record<string, RowKind>>): ExitStatus {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new TickmarkError("file-missing", `The table ${path} cannot be read.`, "Check its path.", { cause });
  }
  const [header = [], ...rows] = fillTable(text, kinds);
  const records = rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""])));
  output.result(records, [header, ...rows].map(writeRow));
  return 0;
}

function modelOf(options: Options) {
  return {
    method: SamplingModel.parse(options.method),
    confidence: needed(options, "confidence"),
    populationSize: optionalNumber(options, "population"),
    itemName: textOption(options, "items"),
  };
}

function needed(options: Options, name: string): string {
  if (options[name] === undefined) throw wrongUsage(`--${name} is missing.`, `Give --${name}, or a table with --csv.`);
  return textOption(options, name);
}

function optionalText(options: Options, name: string): string | null {
  return options[name] === undefined ? null : textOption(options, name);
}

function optionalNumber(options: Options, name: string): number | null {
  return typeof options[name] === "number" ? options[name] : null;
}

function choice(flags: string, description: string, values: { readonly options: readonly string[] }): Option {
  return new Option(flags, description).choices(values.options);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
  return Number(text);
}

function wrongUsage(message: string, action: string): TickmarkError {
  return new TickmarkError("usage", message, action);
}
