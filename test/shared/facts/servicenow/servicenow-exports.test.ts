import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { Source } from "../../../../shared/model/source.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source = Source.parse({ id: "changes", kind: "files", path: "export" });

it("CSV: what a list shows, in the zone of whoever exported it", () => {
  const text =
    "Number,Type,State,Short description,Opened,Planned start date,Requested by\nCHG0030001,Emergency,Closed,Fix,2025-02-01 10:00:00,,Ada\n,Normal,New,x,2025-02-01 10:00:00,,\n";
  const input = { ...record("servicenow.changes-csv", text), reading: { timeZone: "Europe/Berlin" } };
  const found = readEvidence(input, source);
  expect(checkedFacts(found)).toMatchObject([
    {
      kind: "ticket",
      key: "CHG0030001",
      project: "CHG",
      createdAt: "2025-02-01T09:00:00.000Z",
      reporter: "Ada",
      statusCategory: "done",
    },
    { kind: "change-ticket", type: "emergency", plannedStart: null },
  ]);
  expect(reasonsOf(found)).toEqual(["line 3: it has no number"]);
});

it("XML: stored values in UTC, with what is shown beside references", () => {
  const text = `<unload><change_request action="INSERT_OR_UPDATE"><number>CHG0030002</number><type>standard</type>
<state>-5</state><sys_created_on>2025-02-01 10:00:00</sys_created_on><requested_by display_value="Ada">f00d</requested_by></change_request></unload>`;
  expect(checkedFacts(readEvidence(record("servicenow.changes-xml", text), source))).toMatchObject([
    {
      kind: "ticket",
      key: "CHG0030002",
      createdAt: "2025-02-01T10:00:00.000Z",
      reporter: "Ada",
      statusCategory: "new",
    },
    { kind: "change-ticket", type: "standard" },
  ]);
});

it("JSON: an exported list under records", () => {
  const records = [{ number: "CHG0030003", type: "normal", state: "3", opened_at: "2025-02-01T10:00:00Z" }];
  const found = readEvidence(record("servicenow.changes", { records }), source);
  expect(checkedFacts(found)[0]).toMatchObject({ key: "CHG0030003", origin: { place: "/records/0" } });
});

it("a change that was called off is not done, and an approval whose state is not known is listed", () => {
  const records = [{ number: "CHG0030004", type: "normal", state: "4", opened_at: "2025-02-01T10:00:00Z" }];
  const [ticket] = checkedFacts(readEvidence(record("servicenow.changes", { records }), source));
  expect(ticket).toMatchObject({ statusCategory: "undefined" });
  const approvals = ["", "deferred"].map((state, index) => ({
    sys_id: `p${index}`,
    sysapproval: "CHG0030004",
    state,
    sys_updated_on: "2025-02-01T10:00:00Z",
  }));
  const found = readEvidence(record("servicenow.approvals", { records: approvals }), source);
  expect(reasonsOf(found)).toEqual(["/records/0: it tells no state", '/records/1: its state "deferred" is not known']);
});

it("a change is as old as ServiceNow's own time says, whatever was written as its opening", () => {
  const dates = { opened_at: "2025-02-01T10:00:00Z", sys_created_on: "2025-02-09T10:00:00Z" };
  const records = [{ number: "CHG0030005", type: "normal", state: "3", ...dates }];
  const [ticket] = checkedFacts(readEvidence(record("servicenow.changes", { records }), source));
  expect(ticket).toMatchObject({ createdAt: "2025-02-09T10:00:00.000Z" });
});
