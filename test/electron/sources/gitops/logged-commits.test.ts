import fc from "fast-check";
import { expect, it } from "vitest";
import { cutLog } from "../../../../electron/sources/gitops/logged-commits.ts";
import { faultOf } from "../../../../shared/errors.ts";

async function cut(parts: readonly Buffer[]): Promise<{ id: string; text: string }[]> {
  async function* stream() {
    yield* parts;
  }
  const commits: { id: string; text: string }[] = [];
  for await (const { id, bytes } of cutLog(stream(), "config"))
    commits.push({ id, text: Buffer.from(bytes).toString() });
  return commits;
}

const commit = (digit: string, rest: string) => `commit ${digit.repeat(40)}\nAuthor: A\n\n${rest}\n`;

it("wherever the stream is broken into parts, the commits are the same, and together they are the log", async () => {
  const log = [commit("a", "    commit me\n commit x"), commit("b", "-commit\n commit c"), commit("c", "end")].join(
    "\n",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(log.length), { maxLength: 6 }), async (places) => {
      const borders = [0, ...places.sort((one, other) => one - other), log.length];
      const parts = borders.slice(1).map((end, index) => Buffer.from(log.slice(borders[index], end)));
      const commits = await cut(parts);
      expect(commits.map(({ id }) => id[0])).toEqual(["a", "b", "c"]);
      expect(commits.map(({ text }) => text).join("")).toBe(log);
    }),
  );
});

it("what is no log is a fault", async () => {
  const thrown = await cut([Buffer.from("usage: git log\n")]).catch((error: unknown) => error);
  expect(faultOf(thrown).code).toBe("git-failed");
});
