import fc from "fast-check";
import { expect, it } from "vitest";
import { faultInPattern, readLinePattern } from "../../../shared/model/line-pattern.ts";

const pattern = "{at} * deployer[*]: {by} deployed {service} {revision} to {environment}";

it("places hold the words between the texts; a line that reads otherwise is another one", () => {
  const { match } = readLinePattern(pattern);
  expect(match("Mar  1 10:00:00 host1 deployer[12]: ada deployed web v7 to production (ok)")).toEqual({
    at: "Mar  1 10:00:00",
    by: "ada",
    service: "web",
    revision: "v7",
    environment: "production",
  });
  expect(match("2025-03-01T10:00:00+01:00 h deployer[1]: bo deployed api v8 to staging")?.at).toBe(
    "2025-03-01T10:00:00+01:00",
  );
  for (const other of [
    "",
    "Mar  1 10:00:00 host1 sshd[1]: ada",
    "once deployer[1]: a deployed b c to d",
    "Mar  1 10:00:00 h deployer[1]: deployed web v7 to x",
  ]) {
    expect(match(other)).toBeNull();
  }
});

it("a pattern says what is wrong with it", () => {
  expect(faultInPattern(pattern)).toBeNull();
  expect(faultInPattern("{at} {environment}")).toBe("{revision} is missing");
  expect(faultInPattern("{at} {host} {environment} {revision}")).toContain("{host} is none of");
  expect(faultInPattern("{at} {revision} {revision} {environment}")).toBe("{revision} stands in it twice");
  expect(faultInPattern("{at} {revision}{environment}")).toContain("side by side");
});

it("no line takes long, however the pattern and the line are made", () => {
  const stars = `{at} ${"*a".repeat(100)} {revision} to {environment}`;
  const line = `Mar  1 10:00:00 ${"a".repeat(1_000_000)}b`;
  expect(readLinePattern(stars).match(line)).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      const found = readLinePattern(pattern).match(text);
      return found === null || typeof found.at === "string";
    }),
  );
});
