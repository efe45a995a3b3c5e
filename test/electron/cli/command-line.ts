import { PassThrough } from "node:stream";
import { runProgram } from "../../../electron/cli/program.ts";

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, as the entry does, and keeps what it says. */
export async function tickmark(...args: readonly string[]): Promise<Ran> {
  const out = collect();
  const err = collect();
  const status = await runProgram(args, { out: out.stream, err: err.stream });
  return { status, out: out.text(), err: err.text() };
}

/** The JSON value of a command that must succeed. */
export async function tickmarkJson<T>(...args: readonly string[]): Promise<T> {
  const ran = await tickmark(...args, "--json");
  if (ran.status !== 0) throw new Error(`tickmark ${args.join(" ")} ended with ${ran.status}:\n${ran.out}${ran.err}`);
  return JSON.parse(ran.out) as T;
}

function collect(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
