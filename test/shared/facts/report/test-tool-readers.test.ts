import { describe, expect, it } from "vitest";
import { readAs, readFixture } from "../fixture-evidence.ts";

describe("RSpec's JSON", () => {
  it("is read with what failed, what is pending, and errors outside of examples", () => {
    expect(readFixture("rspec.json/rspec-puppet.json")).toMatchObject({
      facts: [
        {
          tool: "RSpec",
          tests: 3,
          failures: 1,
          skipped: 1,
          errors: 0,
          notPassed: [expect.stringContaining("File[/etc/quay.conf]")],
        },
      ],
      unread: [],
    });
    const broken = {
      version: "3.13.0",
      examples: [],
      summary: { example_count: 0, errors_outside_of_examples_count: 2 },
    };
    expect(readAs("rspec.json", JSON.stringify(broken)).facts).toMatchObject([{ tests: 0, errors: 2 }]);
  });

  it("a status that is not known is no pass", () => {
    const odd = { examples: [{ full_description: "a", status: "unknown" }] };
    expect(readAs("rspec.json", JSON.stringify(odd)).facts).toMatchObject([{ failures: 1, notPassed: ["a"] }]);
    expect(readAs("rspec.json", '{"examples":7}').unread).toMatchObject([
      { reason: expect.stringContaining("examples") },
    ]);
  });
});

describe("InSpec's JSON", () => {
  it("is read check by check, with the time of its first", () => {
    expect(readFixture("inspec.json/quay-baseline.json")).toMatchObject({
      facts: [
        {
          tool: "InSpec",
          suite: "quay-baseline",
          tests: 4,
          failures: 1,
          errors: 1,
          skipped: 1,
          at: "2025-02-03T10:15:00.000Z",
        },
      ],
      unread: [],
    });
  });

  it("a profile that could not be loaded broke, and a bad one costs no other", () => {
    const report = { platform: {}, profiles: [{ name: "a", status: "failed", controls: [] }, { controls: 1 }] };
    expect(readAs("inspec.json", JSON.stringify(report))).toMatchObject({
      facts: [{ suite: "a", tests: 1, errors: 1 }],
      unread: [{ origin: { place: "/profiles/1" } }],
    });
  });
});

describe("Test Kitchen", () => {
  it("each instance is a test: verified, failed, or broken where it never came to its end", () => {
    expect(readFixture("kitchen.log/verify-failed.log").facts).toMatchObject([
      { tool: "Test Kitchen", tests: 2, failures: 1, errors: 0, notPassed: ["default-ubuntu-2404"] },
    ]);
    expect(readFixture("kitchen.log/coloured.log").facts).toMatchObject([
      { tests: 1, failures: 0, errors: 0, at: "2025-02-03T10:15:00.120Z" },
    ]);
    const cut = "-----> Starting Test Kitchen (v3)\n-----> Verifying <a>...\n";
    expect(readAs("kitchen.log", cut).facts).toMatchObject([{ tests: 1, errors: 1, notPassed: ["a"] }]);
    expect(readAs("kitchen.log", "nothing\n")).toMatchObject({
      facts: [],
      unread: [{ reason: "it names no instance" }],
    });
  });

  it("its list says how far each instance got", () => {
    expect(readFixture("kitchen.json/list.json").facts).toMatchObject([
      { tests: 3, errors: 1, skipped: 1, failures: 0 },
    ]);
  });
});

describe("a run of GitHub Actions and a build of Jenkins as files", () => {
  it("are builds", () => {
    const commit = "0123456789abcdef0123456789abcdef01234567";
    expect(readFixture("github.run/run.json").facts).toMatchObject([{ kind: "build", id: "981", commit }]);
    expect(readFixture("jenkins.build/build.json").facts).toMatchObject([
      { kind: "build", id: "harbour/quay/main#31", commit, conclusion: "failure", branch: "main", event: "push" },
    ]);
  });
});
