import type { Readable } from "node:stream";

/** Lines of a stream of ASCII text, in lots as they come; an unended last line counts as one. */
export async function* lotsOfLines(stream: Readable): AsyncGenerator<string[]> {
  let rest = "";
  for await (const part of stream) {
    const lines = (rest + (part as Buffer).toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  if (rest) yield [rest];
}
