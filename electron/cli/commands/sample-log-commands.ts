import { type Command, Option } from "commander";
import type { ReplaceRequest } from "../../../shared/model/draw-request.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { StratumKey } from "../../../shared/model/stratum.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { type Runner, textOption } from "../command.ts";
import { populationOption, usage, wholeNumber } from "./draw-options.ts";
import { describeDrawn } from "./sample-draw-command.ts";
import { sampleGroup } from "./sample-group.ts";

/** What the draw log has, and what goes on with one of its draws. */
export function addSampleLog(program: Command, { run }: Runner): void {
  const sample = sampleGroup(program);
  sample
    .command("list <file>")
    .description("show the draw log: every draw, tested or not")
    .action(
      run<[string]>(async ({ output, engagement }, _options, file) => {
        const client = await engagement(file);
        const draws = await client.call("sample.list", {});
        output.result(draws, draws.length > 0 ? draws.flatMap(describeLogged) : ["Nothing was drawn yet."]);
      }),
    );

  sample
    .command("strata <file>")
    .description("show how the frozen population splits by a field, and a sample spread over it in proportion")
    .addOption(populationOption())
    .addOption(new Option("--by <key>", "the field").choices(StratumKey.options).makeOptionMandatory())
    .option("--size <n>", "number of items to spread", wholeNumber)
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const view = await client.call("sample.strata", {
          population: options.population as PopulationKind,
          key: options.by as StratumKey,
          ...(options.size === undefined ? {} : { size: options.size as number }),
        });
        const lines = view.strata.map(({ name, population, sample: share }) => `${name}\t${share} of ${population}`);
        output.result(view, lines);
      }),
    );
}

/** What goes on with a draw of the log. */
export function addSampleFollowing(program: Command, { run }: Runner): void {
  const sample = sampleGroup(program);
  sample
    .command("replace <file>")
    .description("put the next item of the ranking in the place of one that cannot be tested")
    .requiredOption("--draw <id>", "draw that has the item, as `sample list` shows it")
    .requiredOption("--item <id>", "the item")
    .addOption(
      new Option("--reason <why>", "missing evidence is none: it counts as a deviation")
        .choices(["void", "not-applicable", "no-evidence"])
        .makeOptionMandatory(),
    )
    .requiredOption("--explanation <sentence>", "for the workpaper")
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const view = await client.call("sample.replace", {
          drawId: textOption(options, "draw"),
          item: textOption(options, "item"),
          reason: options.reason as ReplaceRequest["reason"],
          explanation: textOption(options, "explanation"),
        });
        output.result(view, describeDrawn(view));
      }),
    );

  sample
    .command("expand <file>")
    .description("draw the next items of the ranking: a planned second stage, or more at their true risk")
    .requiredOption("--draw <id>", "initial draw, as `sample list` shows it")
    .option("--second-stage", "the second stage of its two-stage plan")
    .option("--size <n>", "so many more items outside of any plan", wholeNumber)
    .requiredOption("--rationale <sentence>", "why, for the workpaper")
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        if ((options.secondStage === true) === (options.size !== undefined)) {
          throw usage("An expansion needs either --second-stage or --size.", "Give one of them.");
        }
        const client = await engagement(file);
        const common = { drawId: textOption(options, "draw"), rationale: textOption(options, "rationale") };
        const view = await client.call(
          "sample.expand",
          options.size === undefined
            ? { kind: "second-stage", ...common }
            : { kind: "expansion", size: options.size as number, ...common },
        );
        output.result(view, describeDrawn(view));
      }),
    );
}

const standings = { sample: "tested", apart: "tested, kept apart", superseded: "not tested: superseded" } as const;

function describeLogged(view: DrawView): string[] {
  return [...describeDrawn(view), `  ${standings[view.standing]}`];
}
