import { closeSync, openSync, writeSync } from "node:fs";

const words =
  "the limit of card payments was raised after review and a rollback plan is attached for the on-call team ledger refund settlement gateway timeout retry queue index migration".split(
    " ",
  );

/** Writes issues one a line until the file has the size; what they say differs from line to line, as in an export. */
export function writeIssueLines(path: string, bytes: number): void {
  write(path, bytes, "", "\n", "");
}

/** The same issues as one JSON document, as a search gives them. */
export function writeIssuePage(path: string, bytes: number): void {
  write(path, bytes, '{"startAt":0,"issues":[', ",", '{"key":"END-1","fields":{}}],"total":1}');
}

/** A table of the same contents. */
export function writeIssueTable(path: string, bytes: number): void {
  const random = createRandom();
  writeAll(path, bytes, "Issue key,Summary,Status,Created,Description\n", "", (number) => {
    const { summary, description, created } = issueOf(number, random);
    return `ABC-${number},"${summary}",Done,${created},"${description.replaceAll(" and ", '\n""and"" ')}"\n`;
  });
}

function write(path: string, bytes: number, before: string, between: string, after: string): void {
  const random = createRandom();
  writeAll(path, bytes, before, after, (number) => {
    const { summary, description, created } = issueOf(number, random);
    const status = { name: "Done", statusCategory: { key: "done" } };
    const fields = {
      summary,
      description,
      status,
      created,
      updated: created,
      reporter: { name: `user${number % 97}` },
    };
    return JSON.stringify({ id: String(number), key: `ABC-${number}`, fields }) + between;
  });
}

function writeAll(
  path: string,
  bytes: number,
  before: string,
  after: string,
  record: (number: number) => string,
): void {
  const file = openSync(path, "w");
  let size = 0;
  let waiting = before;
  for (let number = 1; size < bytes; number += 1) {
    waiting += record(number);
    if (waiting.length < 1 << 20) continue;
    size += writeSync(file, waiting);
    waiting = "";
  }
  writeSync(file, waiting + after);
  closeSync(file);
}

function issueOf(number: number, random: () => number) {
  const text = (length: number): string =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)] ?? "").join(" ");
  const created = new Date(Date.UTC(2025, 0, 1) + number * 1000).toISOString().replace("Z", "+0000");
  return { summary: text(8), description: `${text(90)} ${Math.floor(random() * 1e12).toString(36)}`, created };
}

function createRandom(): () => number {
  let state = 20_250_101;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
