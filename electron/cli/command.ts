import type { Command } from "commander";
import { type Client, openClient } from "./client.ts";
import { createOutput, type ExitStatus, type Output, type Streams } from "./output.ts";

/** What every command gets. */
export interface CommandContext {
  readonly output: Output;
  /** The engine, opened when first asked for and closed when the command ends. */
  engine(): Promise<Client>;
  /** The engine with the engagement of this file open in it. @throws as `engagement.open` does */
  engagement(path: string): Promise<Client>;
}

export interface Runner {
  /** Makes a commander action of a command; its exit status is kept for the end of the process. */
  run<A extends unknown[]>(
    action: (context: CommandContext, options: Record<string, unknown>, ...args: A) => Promise<ExitStatus | undefined>,
  ): (...args: unknown[]) => Promise<void>;
}

export function createRunner(streams: Streams, ended: (status: ExitStatus) => void): Runner {
  return {
    run:
      (action) =>
      async (...args) => {
        const command = args.at(-1) as Command;
        const options = command.optsWithGlobals();
        const output = createOutput(options.json === true, streams);
        let client: Promise<Client> | undefined;
        const engine = () => {
          client ??= openClient((event, payload) => output.progress(event, payload));
          return client;
        };
        const engagement = async (path: string) => {
          const opened = await engine();
          await opened.call("engagement.open", { path });
          return opened;
        };
        try {
          ended((await action({ output, engine, engagement }, options, ...(args.slice(0, -2) as never))) ?? 0);
        } catch (error) {
          ended(output.fault(error));
        } finally {
          await (await client)?.close();
          output.settle();
        }
      },
  };
}

/** Reads an option that commander guarantees to be text. */
export function textOption(options: Record<string, unknown>, name: string): string {
  return String(options[name] ?? "");
}
