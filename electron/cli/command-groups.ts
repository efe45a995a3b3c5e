import type { Command } from "commander";
import type { Runner } from "./command.ts";

/** Commands that one file adds. */
export interface CommandGroup {
  /** What is typed first to come to one of them. */
  readonly names: readonly string[];
  readonly load: () => Promise<(program: Command, runner: Runner) => void>;
}

/** All commands, in the order in which the help lists them. */
export const commandGroups: readonly CommandGroup[] = [
  {
    names: ["new", "show"],
    load: async () => (await import("./commands/engagement-commands.ts")).addEngagementCommands,
  },
  { names: ["source", "pull"], load: async () => (await import("./commands/source-commands.ts")).addSourceCommands },
  {
    names: ["completeness"],
    load: async () => (await import("./commands/completeness-command.ts")).addCompletenessCommand,
  },
  { names: ["attest"], load: async () => (await import("./commands/attest-command.ts")).addAttestCommand },
  { names: ["population"], load: async () => (await import("./commands/population-command.ts")).addPopulationCommand },
  { names: ["sample"], load: async () => (await import("./commands/sample-draw-command.ts")).addSampleDraw },
  { names: ["sample"], load: async () => (await import("./commands/sample-log-commands.ts")).addSampleFollowing },
  { names: ["sample"], load: async () => (await import("./commands/sample-log-commands.ts")).addSampleLog },
  { names: ["evaluate"], load: async () => (await import("./commands/evaluate-command.ts")).addEvaluate },
  { names: ["people"], load: async () => (await import("./commands/people-commands.ts")).addPeopleCommands },
  { names: ["sample"], load: async () => (await import("./commands/sample-commands.ts")).addSampleCommands },
  { names: ["judge"], load: async () => (await import("./commands/judgement-commands.ts")).addJudgementCommands },
  { names: ["exception"], load: async () => (await import("./commands/exception-commands.ts")).addExceptionCommands },
  { names: ["note"], load: async () => (await import("./commands/note-commands.ts")).addNoteCommands },
  { names: ["signoff"], load: async () => (await import("./commands/sign-off-commands.ts")).addSignOffCommands },
  { names: ["undo"], load: async () => (await import("./commands/undo-command.ts")).addUndoCommand },
  { names: ["frameworks"], load: async () => (await import("./commands/frameworks-command.ts")).addFrameworksCommand },
  { names: ["identity"], load: async () => (await import("./commands/identity-commands.ts")).addIdentityCommands },
  { names: ["export", "verify"], load: async () => (await import("./commands/bundle-commands.ts")).addBundleCommands },
  { names: ["sign", "timestamp"], load: async () => (await import("./commands/seal-commands.ts")).addSealCommands },
  { names: ["run"], load: async () => (await import("./commands/run-command.ts")).addRunCommand },
  { names: ["demo"], load: async () => (await import("./commands/demo-command.ts")).addDemoCommand },
];

/**
 * The commands that these arguments can come to: those of the group that is named first, and all where none is, for the help
 * and for what it says of a word that no command has.
 */
export function groupsFor(args: readonly string[]): readonly CommandGroup[] {
  if (args.length === 1 && versionFlags.includes(args[0] ?? "")) return [];
  const named = args.find((arg) => !arg.startsWith("-"));
  const groups = commandGroups.filter(({ names }) => named !== undefined && names.includes(named));
  return groups.length > 0 ? groups : commandGroups;
}

const versionFlags: readonly string[] = ["-V", "--version"];
