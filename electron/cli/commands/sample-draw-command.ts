import { randomBytes } from "node:crypto";
import { type Command, Option } from "commander";
import type { DrawRequest } from "../../../shared/model/draw-request.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import { SampleMethod } from "../../../shared/model/sample.ts";
import { StratumKey } from "../../../shared/model/stratum.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { type CommandContext, type Runner, textOption } from "../command.ts";
import {
  addBasisOptions,
  collectStratum,
  type Options,
  populationOption,
  readBasis,
  readNamedItems,
  usage,
  wholeNumber,
} from "./draw-options.ts";
import { describeListDraw, drawFromList } from "./list-draw.ts";
import { sampleGroup } from "./sample-group.ts";

const help = `
Methods:
  rank         the first items by SHA-256 of seed and id (default)
  systematic   every so many items in byte order, from a start that the seed gives
  stratified   by rank within each stratum: --by KEY, and --stratum NAME=SIZE for sizes that are not proportional
  targeted     items that you name for what they are: --items FILE; kept apart, never in a limit
  haphazard    items that you name without a plan: --items FILE; kept apart, never in a limit
  everything   the whole population (--everything)

A size follows from a plan (--confidence, --tolerable), from a house table, or is your own judgement (--size alone).
Without an engagement: tickmark sample draw --ids ids.txt --seed S --size N draws from a list of ids, one on each line.`;

/** `tickmark sample draw`. */
export function addSampleDraw(program: Command, { run }: Runner): void {
  const draw = sampleGroup(program)
    .command("draw [file]")
    .description("draw a sample from a seed; the draw is logged and cannot be taken back")
    .addOption(populationOption())
    .addOption(new Option("--method <name>", "how items are chosen").choices(SampleMethod.options).default("rank"))
    .option("--everything", "the same as --method everything")
    .option("--size <n>", "number of items", wholeNumber)
    .option("--seed <text>", "seed of the draw; without it a random one is taken now, after the freeze");
  addBasisOptions(draw)
    .addOption(new Option("--by <key>", "field that splits the population into strata").choices(StratumKey.options))
    .option("--stratum <name=size>", "size of one stratum; may be given several times", collectStratum)
    .option("--items <path>", "items that you name: on each line id, tab, reason")
    .option("--ids <path>", "draw from this list of ids instead of an engagement")
    .option("--strata <path>", "with --ids: on each line stratum, tab, id, for a stratified draw")
    .option("--rationale <sentence>", "why this size, for the workpaper")
    .addHelpText("after", help)
    .action(
      run<[string | undefined]>(async (context, options, file) => {
        if (options.ids !== undefined || options.strata !== undefined) {
          const drawn = drawFromList(options, file);
          context.output.result(drawn, describeListDraw(drawn));
          return;
        }
        const view = await drawInEngagement(context, options, file);
        context.output.result(view, describeDrawn(view));
      }),
    );
}

async function drawInEngagement(
  { engagement }: CommandContext,
  options: Options,
  file: string | undefined,
): Promise<DrawView> {
  if (file === undefined) throw usage("A draw needs an engagement file or --ids.", "Give one of them.");
  if (options.rationale === undefined) {
    throw usage("A draw needs --rationale.", "Say in a sentence why the sample has this size.");
  }
  const request = readRequest(options);
  const client = await engagement(file);
  return client.call("sample.draw", request);
}

/** @throws usage when options are missing or contradict each other */
function readRequest(options: Options): DrawRequest {
  const method = options.everything === true ? "everything" : (options.method as SampleMethod);
  const population = options.population as PopulationKind;
  const rationale = textOption(options, "rationale");
  if (method === "everything") {
    refuse(options, ["size", "seed", "items", "by", "stratum"], method);
    return { method, population, rationale };
  }
  if (method === "targeted" || method === "haphazard") {
    refuse(options, ["size", "seed", "by", "stratum"], method);
    if (options.items === undefined)
      throw usage(`A ${method} draw needs --items.`, "Give a file with id, tab, reason.");
    return { method, population, rationale, items: readNamedItems(textOption(options, "items")) };
  }
  refuse(options, method === "stratified" ? ["items"] : ["items", "by", "stratum"], method);
  const basis = readBasis(options);
  const sizes = (options.stratum as Record<string, number> | undefined) ?? null;
  if (options.size === undefined && basis.kind === "judgement" && sizes === null) {
    throw usage("A draw needs --size, --everything, a plan or a house table.", "Give one of them.");
  }
  const common = {
    ...{ population, rationale, basis },
    seed: options.seed === undefined ? randomSeed() : textOption(options, "seed"),
    size: (options.size as number | undefined) ?? null,
  };
  if (method !== "stratified") return { method, ...common };
  if (options.by === undefined)
    throw usage("A stratified draw needs --by.", "Name the field that splits the population.");
  return { method, ...common, key: options.by as StratumKey, sizes };
}

function refuse(options: Options, names: readonly string[], method: SampleMethod): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw usage(`--${given} is not for the method ${method}.`, "Leave it away.");
}

/** A seed that nobody could know before: 128 random bits. */
export function randomSeed(): string {
  return randomBytes(16).toString("hex");
}

export function describeDrawn({ draw, command, sentences }: DrawView): string[] {
  return [
    `${draw.items.length} of ${draw.populationSize} ${nounsOf(draw.population)} (${draw.method}${draw.seed ? `, seed ${draw.seed}` : ""}): ${draw.rationale}`,
    ...sentences.map((sentence) => `  ${sentence}`),
    `  draw ${draw.id}, from the population with digest ${draw.populationDigest}`,
    `  to repeat it in the unpacked bundle: ${command}`,
  ];
}
