import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadIdentity } from "../../../../electron/export/identity/identity-loading.ts";
import type { SigningIdentity } from "../../../../electron/export/identity/signing-identity.ts";
import { verifyFiles } from "../../../../electron/verifier/verify-files.ts";
import { type ExclusionsPart, partPaths, type WeeksPart } from "../../../../shared/bundle/bundle-parts.ts";
import { encodeCanonical } from "../../../../shared/model/canonical-json.ts";
import { tickmarkJson } from "../../cli/command-line.ts";
import { passphrase } from "../../cli/demo-bundle.ts";
import { makeSmallEngagement } from "../../cli/small-engagement.ts";
import { temporaryFolder } from "../../export/real-tools.ts";
import { filesOf, packFiles, refit, signList, textOf } from "../sample-bundle.ts";

/* Lies about the population as a whole, which only a bundle with all evidence can be held to. */

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
let honest: ReadonlyMap<string, Buffer>;
let identity: SigningIdentity;

beforeAll(async () => {
  const file = await makeSmallEngagement(folder.path);
  await tickmarkJson("sample", "draw", file, "--size", "3", "--seed", "one", "--rationale", "Three.");
  await tickmarkJson("evaluate", file);
  const key = ["--identity", folder.at("signer.p12"), ...passphrase];
  await tickmarkJson("export", file, folder.at("honest.zip"), "--evidence", "all", ...key);
  honest = await filesOf(folder.at("honest.zip"));
  identity = await loadIdentity(readFileSync(folder.at("signer.p12")), process.env.TICKMARK_TEST_PASSPHRASE ?? "");
});

const onPart =
  <T>(path: string, change: (value: T) => unknown) =>
  (files: Map<string, Buffer>) =>
    void files.set(path, Buffer.from(encodeCanonical(change(JSON.parse(textOf(files, path))))));

it.each([
  [
    "a change of one week told as one of another",
    /other numbers by week/,
    onPart<WeeksPart>(partPaths.weeks, (weeks) => {
      const all = weeks.change ?? [];
      const from = all.findIndex(({ count }) => count > 0);
      const to = all.findIndex((_, index) => index !== from);
      const moved = (index: number) => (index === from ? -1 : index === to ? 1 : 0);
      return { ...weeks, change: all.map((week, index) => ({ ...week, count: week.count + moved(index) })) };
    }),
  ],
  [
    "a commit that nobody excluded told as excluded",
    /comes out otherwise at \$\.exclusions/,
    onPart<ExclusionsPart>(partPaths.exclusions, (part) => ({
      ...part,
      exclusions: [
        ...part.exclusions,
        { id: "small@0", at: "2026-01-05T10:00:00.000Z", title: "Change 0", reason: "None." },
      ],
    })),
  ],
  [
    "a remark on the population that nothing gives rise to",
    /comes out otherwise at \$\.remarks/,
    onPart<ExclusionsPart>(partPaths.exclusions, (part) => ({
      ...part,
      remarks: [...part.remarks, { id: "small@0", remark: "Reviewed on paper." }],
    })),
  ],
])("%s is told by the evidence", async (name, detail, change) => {
  const files = new Map(honest);
  change(files);
  refit(files, "list");
  await signList(files, identity, new Date().toISOString());
  await packFiles(folder.at(`${name}.zip`), files, false);
  const { verdict, checks } = await verifyFiles({ zipPath: folder.at(`${name}.zip`) });
  expect(verdict).toBe("failed");
  const told = checks.find(({ id, outcome }) => id === "reconciliation" && outcome === "failed");
  expect(told?.detail).toMatch(detail);
});
