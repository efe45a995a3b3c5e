import type { Command } from "commander";

/** The group `tickmark sample`, which several files add their commands to. */
export function sampleGroup(program: Command): Command {
  const group = program.commands.find((command) => command.name() === "sample");
  return group ?? program.command("sample").description("plan, draw and evaluate samples of a frozen population");
}
