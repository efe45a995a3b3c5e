import type { Command } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import { type FrameworkReport, stateWords } from "../../../shared/model/framework-report.ts";
import { type Runner, textOption } from "../command.ts";

export function addFrameworksCommand(program: Command, { run }: Runner): void {
  program
    .command("frameworks <file>")
    .description("say for each requirement of a framework which controls name it, and what is known of them")
    .option("--framework <name>", 'one of them alone, by its name in the catalog: "SOC 2"')
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const all = await client.call("evaluation.frameworks", {});
        const reports = options.framework === undefined ? all : [findReport(all, textOption(options, "framework"))];
        output.result(reports, describeFrameworks(reports));
      }),
    );
}

function findReport(reports: readonly FrameworkReport[], name: string): FrameworkReport {
  const found = reports.find(({ framework }) => framework.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new TickmarkError(
    "usage",
    `No control of the catalog names a requirement of "${name}".`,
    `It names: ${reports.map(({ framework }) => framework).join(", ") || "none"}.`,
  );
}

export function describeFrameworks(reports: readonly FrameworkReport[]): string[] {
  return reports.flatMap(({ framework, requirements }) => [
    framework,
    ...requirements.map(({ requirement, controls, state }) =>
      `  ${requirement.padEnd(10)} ${stateWords[state].padEnd(14)} ${controls.map((each) => `${each.control} ${stateWords[each.state]}`).join(", ")}`.trimEnd(),
    ),
    "",
  ]);
}
