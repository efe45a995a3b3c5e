import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { Source } from "../../../../shared/model/source.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source = Source.parse({ id: "events", kind: "files", path: "events", repository: "shop", production: ["live"] });
const read = (content: unknown, format: "cdevents.events" | "cdevents.lines" = "cdevents.events") =>
  readEvidence(record(format, content), source);

function event(type: string, content: object, id = "pkg:oci/web@1.2.3") {
  return {
    context: { id: "event-1", type: `dev.cdevents.${type}.0.3.0`, timestamp: "2025-02-01T10:00:00Z" },
    subject: { id, content },
  };
}

it("a service that was deployed, upgraded or rolled back is a deployment of the artifact's version", () => {
  const content = { environment: { id: "live" }, artifactId: "pkg:oci/web@sha256%3Aabc?tag=v2" };
  const types = ["service.deployed", "service.upgraded", "service.rolledback", "service.removed", "build.finished"];
  const facts = checkedFacts(read(types.map((type) => event(type, content, "web"))));
  expect(facts.map((fact) => fact.kind === "deployment" && fact.trigger)).toEqual([
    "deployed",
    "upgraded",
    "rolledback",
  ]);
  expect(facts[0]).toMatchObject({ service: "web", environment: "live", production: true, revision: "sha256:abc" });
});

it("an artifact names the commit that it was made of, and a closed approval who decided", () => {
  const facts = checkedFacts(
    read([
      event("artifact.packaged", { change: { id: "c".repeat(40) } }, "pkg:oci/web@sha256%3Aabc"),
      event(
        "approval.closed",
        { responder: "bo", decision: "approved", resourceTargetUrl: "https://x/1" },
        "approval-1",
      ),
      event("approval.created", {}, "approval-1"),
    ]),
  );
  expect(facts).toMatchObject([
    { kind: "artifact", digest: "sha256:abc", commit: "c".repeat(40) },
    { kind: "deployment-approval", deployment: "https://x/1", by: "bo", decision: "approved" },
  ]);
});

it.each([
  ["approved", "approved", ["approved"]],
  ["fine with me", "approved", ["approved"]],
  ["approved", "rejected", ["rejected"]],
  ["approved", "expired", []],
  ["approved", "cancelled", []],
  ["rejected", "approved", []],
  ["perhaps", undefined, []],
])("an approval in which somebody wrote %s counts by its status, %s", (decision, status, expected) => {
  const facts = checkedFacts(read([event("approval.closed", { responder: "bo", decision, status }, "approval-1")]));
  expect(facts.map((fact) => fact.kind === "deployment-approval" && fact.decision)).toEqual(expected);
});

it("a deployment that finished says how", () => {
  const content = { environment: { id: "live" }, artifactId: "pkg:oci/web@v2" };
  const told = ["success", "failure", ""].map((outcome) =>
    event("deployment.finished", { ...content, outcome }, "d-1"),
  );
  const facts = checkedFacts(
    read([...told, event("deployment.started", content), event("targetrollout.finished", content)]),
  );
  expect(facts).toMatchObject([
    { id: "d-1", environment: "live", production: true, revision: "v2", status: "success" },
    { status: "failure" },
    { status: "not told" },
  ]);
});

it("events come one a line and inside CloudEvents as well; each line is accounted for", () => {
  const plain = event("service.deployed", { environment: { id: "live" }, artifactId: "v1" }, "web");
  const cloud = { specversion: "1.0", id: "1", type: plain.context.type, source: "x", data: plain };
  const found = read(`${JSON.stringify(plain)}\n${JSON.stringify(cloud)}\n\n{"context":{}}\n`, "cdevents.lines");
  expect(checkedFacts(found).map(({ origin }) => origin.place)).toEqual(["line 1", "line 2"]);
  expect(found.tally).toEqual({ read: 2, passedOver: 0, blank: 1, unread: 1 });
});

describeRecorded("cdevents", "the conformance events of the specification", (folder) => {
  it("are all read or passed over, none is unreadable", () => {
    for (const name of readdirSync(folder)) {
      expect(reasonsOf(read(readFileSync(join(folder, name), "utf8")))).toEqual([]);
    }
    const [deployed] = checkedFacts(read(readFileSync(join(folder, "service_deployed.json"), "utf8")));
    expect(deployed).toMatchObject({ kind: "deployment", environment: "test123", at: "2023-03-20T14:27:05.315Z" });
  });
});
