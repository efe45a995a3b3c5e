import { Command, CommanderError } from "commander";
import { TickmarkError } from "../../shared/errors.ts";
import { upperFirst } from "../../shared/model/letter-case.ts";
import { toolVersion } from "../engine/tool-version.ts";
import { createRunner } from "./command.ts";
import { groupsFor } from "./command-groups.ts";
import { createOutput, type ExitStatus, type Streams } from "./output.ts";

const overview = `
The way through, one engagement file from start to end:
  tickmark new q1.tickmark --name "Q1" --entity Northwind --from 2026-01-01 --to 2026-03-31 \\
      --time-zone Europe/Berlin --auditor "A. Osei"
  tickmark source add q1.tickmark git.yaml        the sources that evidence is pulled from
  tickmark pull q1.tickmark                       every raw record is kept as received, and hashed
  tickmark population q1.tickmark                 changes and deployments, reconciled and frozen
  tickmark sample draw q1.tickmark --size 25 --rationale "..."
  tickmark evaluate q1.tickmark                   every control on every sampled item
  tickmark judge, exception, note, signoff        what people say to it, beside the results
  tickmark undo q1.tickmark --reason "..."        the last of these, by one more entry of the log
  tickmark export q1.tickmark q1.zip --identity signer.p12 --passphrase-env SIGNER_PASSPHRASE
  tickmark sign q1.zip --role reviewer --identity reviewer.p12 --passphrase-env REVIEWER_PASSPHRASE
  tickmark timestamp q1.zip --tsa URL             where the export was made offline
  tickmark verify q1.zip                          needs nothing but the bundle
Or all of it from one file: tickmark run plan.yaml
To see it on an invented company: tickmark demo FOLDER

Exit status: 0 done, 1 findings (a verification that fails), 2 wrong usage, 3 fault.
With --json every command prints one JSON value; a fault is {"fault": {code, message, action}}.`;

/**
 * Runs the command line.
 * @returns the exit status
 */
export async function runProgram(args: readonly string[], streams: Streams): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const json = args.includes("--json");
  const program = new Command("tickmark")
    .description("Pull change evidence, sample it, test it, and export a signed bundle that anyone can re-perform.")
    .version(toolVersion)
    .option("--json", "print one JSON value instead of text")
    .addHelpText("after", overview)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
    })
    .showHelpAfterError("(see --help)");
  const runner = createRunner(streams, (ended) => {
    status = ended;
  });
  for (const { load } of groupsFor(args)) (await load())(program, runner);
  inherit(program);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    if (json) createOutput(true, streams).fault(usageFault(error));
    return 2;
  }
  return status;
}

function usageFault(error: CommanderError): TickmarkError {
  const what = error.message.replace(/^error: /, "").split("\n", 1)[0] ?? "";
  return new TickmarkError("usage", `${upperFirst(what)}.`, "See `tickmark --help`.");
}

/** Subcommands made before `exitOverride` would end the process themselves; each gets the program's settings. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    child.option("--json", "print one JSON value instead of text");
    inherit(child);
  }
}
