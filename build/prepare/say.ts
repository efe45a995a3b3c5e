/** Plain lines about what a script is doing. They go to stderr: stdout belongs to results. */
export function say(line: string): void {
  process.stderr.write(`tickmark: ${line}\n`);
}

/** Something that the machine lacks. The message says what to do; it is shown without a stack. */
export class CannotPrepare extends Error {}

/** Runs a script's main function; a CannotPrepare ends it with its message alone. */
export function runScript(main: () => Promise<number>): void {
  main().then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      say(error instanceof CannotPrepare ? error.message : error instanceof Error ? `${error.stack}` : String(error));
      process.exitCode = 3;
    },
  );
}
