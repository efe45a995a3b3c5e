import type { Command } from "commander";
import { nounsOf } from "../../../shared/model/population-words.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import type { Runner } from "../command.ts";

export function addPopulationCommand(program: Command, { run }: Runner): void {
  program
    .command("population <file>")
    .description("freeze the population from what was pulled, or show the frozen one, with its reconciliation")
    .option("--freeze", "freeze it anew from the newest pulls")
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const frozen = options.freeze ? null : await client.call("population.show", {});
        const view = frozen ?? (await client.call("population.freeze", {}));
        output.result(view, describePopulation(view));
      }),
    );
}

export function describePopulation({ freezes, reconciliation, exclusions, remarks, unread }: PopulationView): string[] {
  const { changes, tickets, deployments } = reconciliation;
  const amount = (count: number | null) => count ?? "unknown (not pulled)";
  return [
    ...freezes.map(({ population, size, digest }) => `${nounsOf(population)}: ${size}, digest ${digest}`),
    `Changes: ${changes.merges} merges; with a request ${changes.withRequest}, with a ticket ${amount(changes.withTicket)}, released ${amount(changes.released)}`,
    `  orphans: ${changes.withoutRequest.length} without request, ${changes.withoutTicket.length} without ticket, ${changes.notReleased.length} not released`,
    `Tickets: ${tickets.total}; named but absent ${tickets.namedButAbsent.length}, finished without a change ${tickets.withoutChange.length}`,
    `Production deployments: ${deployments.total}; of a merge ${deployments.ofMerge}, by tag ${deployments.byTag}, by commit id ${deployments.byCommit}, by image or version ${deployments.byArtifact}, rollbacks ${deployments.rollbacks.length}`,
    `  orphans: ${deployments.otherBranch.length} from another branch, ${deployments.absent.length} in no ref, ${deployments.older.length} older than the history, ${deployments.unresolved.length} unresolved`,
    `Left out near the period: ${exclusions.length}; remarks: ${remarks.length}; parts of evidence not readable: ${unread.length}`,
  ];
}
