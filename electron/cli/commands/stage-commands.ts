import { randomBytes } from "node:crypto";
import { type Command, InvalidArgumentError, Option } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { PopulationKind } from "../../../shared/model/sample.ts";
import type { DrawView, PopulationView } from "../../../shared/model/view.ts";
import { type Runner, textOption } from "../command.ts";

export function addStageCommands(program: Command, runner: Runner): void {
  addPopulation(program, runner);
  addSample(program, runner);
  addEvaluate(program, runner);
}

function addPopulation(program: Command, { run }: Runner): void {
  program
    .command("population <file>")
    .description("freeze the population from what was pulled, or show the frozen one, with its reconciliation")
    .option("--freeze", "freeze it anew from the newest pulls")
    .action(
      run<[string]>(async ({ output, engine }, options, file) => {
        const client = await engine();
        await client.call("engagement.open", { path: file });
        const frozen = options.freeze ? null : await client.call("population.show", {});
        const view = frozen ?? (await client.call("population.freeze", {}));
        output.result(view, describePopulation(view));
      }),
    );
}

function addSample(program: Command, { run }: Runner): void {
  const sample = program.command("sample").description("draw a sample from a frozen population");
  const population = () =>
    new Option("--population <kind>", "what is sampled").choices(["change", "deployment"]).default("change");

  sample
    .command("plan <file>")
    .description("say what can be drawn: size and digest of each population, and the draws so far")
    .action(
      run<[string]>(async ({ output, engine }, _options, file) => {
        const client = await engine();
        await client.call("engagement.open", { path: file });
        const view = await client.call("population.show", {});
        if (!view) throw notFrozen();
        const draws = await client.call("sample.list", {});
        output.result({ freezes: view.freezes, draws }, [
          ...view.freezes.map(({ population: kind, size, digest }) => `${kind}s: ${size}, digest ${digest}`),
          ...(draws.length > 0 ? draws.flatMap(describeDrawn) : ["Nothing was drawn yet."]),
        ]);
      }),
    );

  sample
    .command("draw <file>")
    .description("draw by SHA-256 rank from a seed; the draw is logged and cannot be taken back")
    .addOption(population())
    .option("--size <n>", "number of items", wholeNumber)
    .option("--everything", "test the whole population instead")
    .option("--seed <text>", "seed of the draw; without it a random one is taken now, after the freeze")
    .requiredOption("--rationale <sentence>", "why this size, for the workpaper")
    .action(
      run<[string]>(async ({ output, engine }, options, file) => {
        const everything = options.everything === true;
        if (everything === (options.size !== undefined)) {
          throw new TickmarkError("usage", "A draw needs either --size or --everything.", "Give one of them.");
        }
        const client = await engine();
        await client.call("engagement.open", { path: file });
        const view = await client.call("sample.draw", {
          population: options.population as PopulationKind,
          method: everything ? "everything" : "rank",
          size: everything ? 0 : (options.size as number),
          seed: everything ? "" : options.seed === undefined ? randomSeed() : textOption(options, "seed"),
          rationale: textOption(options, "rationale"),
        });
        output.result(view, describeDrawn(view));
      }),
    );
}

/** A seed that nobody could know before: 128 random bits. */
export function randomSeed(): string {
  return randomBytes(16).toString("hex");
}

function addEvaluate(program: Command, { run }: Runner): void {
  program
    .command("evaluate <file>")
    .description("evaluate the catalog's controls on the sampled items")
    .action(
      run<[string]>(async ({ output, engine }, _options, file) => {
        const client = await engine();
        await client.call("engagement.open", { path: file });
        const summaries = await client.call("evaluation.run", {});
        output.result(summaries, describeSummaries(summaries));
      }),
    );
}

export function describePopulation({ freezes, reconciliation, exclusions, remarks, unread }: PopulationView): string[] {
  const { changes, tickets, deployments } = reconciliation;
  const amount = (count: number | null) => count ?? "unknown (not pulled)";
  return [
    ...freezes.map(({ population, size, digest }) => `${population}s: ${size}, digest ${digest}`),
    `Changes: ${changes.merges} merges; with a request ${changes.withRequest}, with a ticket ${amount(changes.withTicket)}, released ${amount(changes.released)}`,
    `  orphans: ${changes.withoutRequest.length} without request, ${changes.withoutTicket.length} without ticket, ${changes.notReleased.length} not released`,
    `Tickets: ${tickets.total}; named but absent ${tickets.namedButAbsent.length}, finished without a change ${tickets.withoutChange.length}`,
    `Production deployments: ${deployments.total}; of a merge ${deployments.ofMerge}, by tag ${deployments.byTag}, by commit id ${deployments.byCommit}, rollbacks ${deployments.rollbacks.length}`,
    `  orphans: ${deployments.otherBranch.length} from another branch, ${deployments.absent.length} in no ref, ${deployments.older.length} older than the history, ${deployments.unresolved.length} unresolved`,
    `Left out near the period: ${exclusions.length}; remarks: ${remarks.length}; parts of evidence not readable: ${unread.length}`,
  ];
}

export function describeDrawn({ draw, command }: DrawView): string[] {
  return [
    `${draw.items.length} of ${draw.populationSize} ${draw.population}s (${draw.method}${draw.seed ? `, seed ${draw.seed}` : ""}): ${draw.rationale}`,
    `  from the population with digest ${draw.populationDigest}`,
    `  to repeat it: ${command}`,
  ];
}

export function describeSummaries(summaries: readonly Conclusion[]): string[] {
  const title = Math.max(0, ...summaries.map((summary) => summary.title.length));
  return [
    `${"control".padEnd(8)}${"".padEnd(title + 2)}tested   pass   fail  no evidence  n/a  deviations`,
    ...summaries.map((summary) => {
      const number = (value: number, width: number) => String(value).padStart(width);
      return (
        `${summary.control.padEnd(8)}${summary.title.padEnd(title + 2)}${number(summary.tested, 6)}${number(summary.pass, 7)}` +
        `${number(summary.fail, 7)}${number(summary.noEvidence, 13)}${number(summary.notApplicable, 5)}${number(summary.deviations, 12)}`
      );
    }),
  ];
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Give a whole number above zero.");
  return Number(text);
}

function notFrozen(): TickmarkError {
  return new TickmarkError("stage-order", "The population is not frozen yet.", "Run `tickmark population FILE` first.");
}
