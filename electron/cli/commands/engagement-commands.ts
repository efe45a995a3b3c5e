import type { Command } from "commander";
import type { EngagementView } from "../../../shared/model/view.ts";
import { type Runner, textOption } from "../command.ts";

export function addEngagementCommands(program: Command, { run }: Runner): void {
  program
    .command("new <file>")
    .description("create an engagement file")
    .requiredOption("--name <name>", "name of the engagement")
    .requiredOption("--entity <entity>", "whom it audits")
    .requiredOption("--from <day>", "first day of the period, YYYY-MM-DD")
    .requiredOption("--to <day>", "last day of the period, included")
    .requiredOption("--time-zone <zone>", "IANA name, such as Europe/London: decides which day something was on")
    .requiredOption("--auditor <name>", "name that acts are logged under")
    .option("--catalog <file>", "a catalog of your own; without it the one that Tickmark brings")
    .action(
      run<[string]>(async ({ output, engine }, options, file) => {
        const client = await engine();
        const view = await client.call("engagement.create", {
          path: file,
          name: textOption(options, "name"),
          entity: textOption(options, "entity"),
          from: textOption(options, "from"),
          to: textOption(options, "to"),
          timeZone: textOption(options, "timeZone"),
          auditor: textOption(options, "auditor"),
          ...(options.catalog === undefined ? {} : { catalogPath: textOption(options, "catalog") }),
        });
        output.result(view, describeEngagement(view));
      }),
    );

  program
    .command("show <file>")
    .description("say what an engagement holds and what to do next")
    .action(
      run<[string]>(async ({ output, engine }, _options, file) => {
        const view = await (await engine()).call("engagement.open", { path: file });
        output.result(view, describeEngagement(view));
      }),
    );
}

export function describeEngagement({
  path,
  engagement,
  counts,
  activityHead,
  activityCount,
  next,
}: EngagementView): string[] {
  const { from, to, timeZone } = engagement.period;
  return [
    `${engagement.name}: ${engagement.entity}, ${from} to ${to} (${timeZone})`,
    `File: ${path}`,
    `Sources: ${counts.sources}, pulled: ${counts.pulled}, pieces of evidence: ${counts.evidence}`,
    `Population: ${counts.changes ?? "not frozen"} changes, ${counts.deployments ?? "not frozen"} deployments`,
    `Sampled: ${counts.sampled}, results: ${counts.results}, deviations: ${counts.deviations}`,
    `Activity log: ${activityCount} entries, head ${activityHead}`,
    `Next: ${next.sentence}`,
  ];
}
