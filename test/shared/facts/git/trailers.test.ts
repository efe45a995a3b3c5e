import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { readTrailers } from "../../../../shared/facts/git/trailers.ts";

/** What git itself makes of a message. */
function byGit(message: string): string[] {
  const args = ["-c", "core.commentChar=#", "interpret-trailers", "--parse", "--no-divider"];
  const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", HOME: "/nonexistent" };
  return execFileSync("git", args, { input: message, encoding: "utf8", env })
    .split("\n")
    .filter((line) => line !== "");
}

const spell = (message: string) => readTrailers(message).map(({ token, value }) => `${token}: ${value}`);

const blocks = [
  "Reviewed-by: Bo <bo@example.org>\nChange-Id: I0123456789\nReviewed-on: https://review.example/c/1",
  "Signed-off-by: Ada <ada@example.org>\nSome words\nmore words\n",
  "Some words\nSome more\nand more\nyet more\nSigned-off-by: Ada <ada@example.org>",
  "Fixes: #12\n this goes on\n\tand on\nCo-authored-by: Cy <cy@example.org>",
  "(cherry picked from commit 0123456789)\nBug : 7",
  "Not a trailer\nReviewed-by: Bo",
  "https://example.org/a: b",
  "Token:\nOther-token:value",
  "# Comment: one\nAcked-by: Bo\n# another",
  "  Indented: no",
  "Two words: no\nReviewed-by: Bo",
  "Tested: yes\n   \n",
];

it("is what git interpret-trailers --parse gives, for messages of every kind", () => {
  const heads = ["Subject\n\nA body: with a colon.\n\n", "Subject\n\n", "Subject\nmore of it\n\nbody\n\n", ""];
  const messages = heads.flatMap((head) => blocks.map((block) => head + block));
  for (const message of messages) expect([message, spell(message)]).toEqual([message, byGit(message)]);
});

it("a message of one paragraph has no trailers, whatever it looks like", () => {
  expect(readTrailers("Fix: the refund")).toEqual([]);
});
