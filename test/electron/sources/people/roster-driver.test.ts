import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { rosterDriver } from "../../../../electron/sources/people/roster-driver.ts";
import { pullOnce, temporaryFolder } from "../pull-double.ts";

function roster(content: string | Uint8Array) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "people.csv"), content);
  return { source: { id: "people", kind: "roster", path: "people.csv" } as const, settings: { baseFolder: folder } };
}

it("stores the list of people whole, counts them and says what gives no right", async () => {
  const text =
    "id,name,emails,logins,roles\n7,Ada,ada@example.org;ada@old.example.org,ada,developer change-board\n,Bot,,ci-bot,bot wizard\n,Nobody,,,\n";
  const { source, settings } = roster(text);
  const pull = await pullOnce(rosterDriver, source, settings);
  expect(pull.records).toMatchObject([{ format: "roster.csv", locator: "people.csv" }]);
  expect(Buffer.from(pull.records[0]?.bytes ?? []).toString()).toBe(text);
  expect(pull.outcome).toMatchObject({ counts: { "people": 2, "lines not read": 1 }, coverage: [] });
  expect(pull.outcome.tieOuts[0]).toMatchObject({ expected: 3, received: 2 });
  expect(pull.outcome.notes.slice(1)).toEqual([
    "Not read: line 4: Nobody has neither an address nor a login.",
    'Line 3: the role "wizard" is not known and gives no right.',
  ]);
});

it("a missing column, nobody in the list, and another encoding are refused", async () => {
  for (const [content, code, message] of [
    [
      "name,emails,roles\nAda,ada@example.org,developer\n",
      "csv-column-missing",
      'people.csv has no column "logins"; its columns are name, emails, roles.',
    ],
    ["name,emails,logins,roles\n", "record-invalid", "No person in people.csv could be read: it lists nobody."],
    [
      Buffer.from("name,emails,logins,roles\nJ\xf6rg,j@example.org,j,developer\n", "latin1"),
      "file-format-unknown",
      "people.csv is not UTF-8 text.",
    ],
  ] as const) {
    const { source, settings } = roster(content);
    await expect(pullOnce(rosterDriver, source, settings)).rejects.toMatchObject({ code, message });
  }
});
