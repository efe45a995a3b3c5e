import { Command } from "commander";
import { expect, it } from "vitest";
import { commandGroups, groupsFor } from "../../../electron/cli/command-groups.ts";
import { tickmark } from "./command-line.ts";

const runner = { run: () => async () => undefined };

it.each(commandGroups)("$names are the commands of the file that is loaded for them", async ({ names, load }) => {
  const program = new Command("tickmark");
  (await load())(program, runner);
  expect(program.commands.map((command) => command.name())).toEqual(names);
});

it("only the commands that are meant are loaded, wherever an option stands", () => {
  expect(groupsFor(["--json", "show", "q1.tickmark"]).flatMap(({ names }) => names)).toEqual(["new", "show"]);
  expect(groupsFor(["--help"])).toBe(commandGroups);
  expect(groupsFor(["help", "show"])).toBe(commandGroups);
});

it("a word that no command has is told with the command that may be meant", async () => {
  const { status, err } = await tickmark("evalute", "q1.tickmark");
  expect(status).toBe(2);
  expect(err).toContain("Did you mean evaluate?");
});
