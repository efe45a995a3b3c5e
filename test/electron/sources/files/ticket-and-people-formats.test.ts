import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fileFormats } from "../../../../electron/sources/files/file-formats.ts";
import { describeSample } from "../../../../electron/sources/files/file-sample.ts";
import { describeRecorded } from "../../../recorded-data.ts";

/** Formats that a file is surely or likely taken for. */
function takenFor(name: string, text: string): string[] {
  const bytes = Buffer.from(text);
  const sample = describeSample({ name, size: bytes.length, bytes, isWhole: true });
  return fileFormats.flatMap((one) => {
    const known = one.recognise(sample);
    return known === null || known.sure === "possible" ? [] : [one.format];
  });
}

it.each([
  ["jira.csv", "export.csv", "Summary,Issue key,Created\na,SHOP-1,x\n"],
  ["jira.xml", "export.xml", '<rss version="0.92"><channel><item><key id="1">SHOP-1</key></item></channel></rss>'],
  ["servicenow.changes", "changes.json", '{"records":[{"number":"CHG1","state":"3"}]}'],
  ["servicenow.approvals", "approvals.json", '{"result":[{"sysapproval":"CHG1","approver":"bo","state":"approved"}]}'],
  ["servicenow.changes-csv", "changes.csv", "Number,Type,State,Opened\nCHG1,Normal,New,2025-02-01 10:00:00\n"],
  ["servicenow.changes-xml", "changes.xml", "<unload><change_request><number>CHG1</number></change_request></unload>"],
  ["scim.users", "users.json", '{"Resources":[{"id":"1","userName":"ada"}]}'],
  ["ldap.ldif", "people.ldif", "version: 1\n\n# x\ndn: uid=ada\nuid: ada\n"],
  ["git.code-owners", "shop/.github/CODEOWNERS", "* @ada\n"],
  [
    "cdevents.lines",
    "events.jsonl",
    '{"context":{"type":"dev.cdevents.a.b.0"},"subject":{}}\n{"context":{"type":"dev.cdevents.a.b.0"},"subject":{}}\n',
  ],
])("%s is recognised, and taken for nothing else", (format, name, text) => {
  expect(takenFor(name, text)).toEqual([format]);
});

describeRecorded("cdevents", "the conformance events of CDEvents", (folder) => {
  it("are each recognised", () => {
    for (const name of readdirSync(folder)) {
      expect(takenFor(name, readFileSync(join(folder, name), "utf8"))).toEqual(["cdevents.events"]);
    }
  });
});
