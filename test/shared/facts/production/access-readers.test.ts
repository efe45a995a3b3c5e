import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeRecorded } from "../../../recorded-data.ts";
import { readAs, readFixture } from "../fixture-evidence.ts";

describe("auth.log", () => {
  it("logins, commands as another user, refusals and changes of accounts are read; what is none of them is passed over", () => {
    const { facts } = readFixture("auth.log/debian.log");
    const rows = facts.map(
      (fact) => fact.kind === "access-event" && [fact.by, fact.as, fact.action, fact.what, fact.writes],
    );
    expect(rows).toEqual([
      ["ada", "", "login", "ssh, publickey", false],
      ["ada", "root", "command", "/usr/bin/systemctl restart quay", true],
      ["bob", "root", "command-refused", "/bin/ls", false],
      ["oracle", "", "login-refused", "ssh, no such user", false],
      ["oracle", "", "login-refused", "ssh, password (2 times)", false],
      ["ada", "root", "command", "su", null],
      [
        "",
        "",
        "account-change",
        "useradd: new user: name=crane, UID=48, GID=48, home=/srv/crane, shell=/sbin/nologin",
        true,
      ],
      ["ada", "deploy", "command", "/usr/bin/find . -name x -exec rm {} ;", true],
      ["ada", "root", "command", "/bin/bash", null],
      ["ada", "", "logout", "ssh", false],
    ]);
    expect(facts[0]).toMatchObject({
      log: "auth.log",
      host: "quay-1",
      at: "2025-02-03T10:15:00.000Z",
      from: "10.0.2.2",
      id: "handed-over/auth.log/debian.log line 1",
    });
  });

  it("a line that is none of syslog, and a day that no calendar has, are listed with their number", () => {
    const { unread } = readFixture("auth.log/debian.log");
    expect(unread.map(({ origin, reason }) => [origin.place, reason])).toEqual([
      ["line 14", "it is no line of syslog"],
      ["line 15", expect.stringContaining("02-31")],
    ]);
  });

  it("times with a zone are read as they are, wrong passwords of sudo as refusals", () => {
    expect(readFixture("auth.log/rfc3339.log").facts).toMatchObject([
      { action: "command-refused", by: "ada", at: "2025-02-03T09:15:00.123Z", what: "/bin/cat /etc/shadow" },
      { action: "login-refused", from: "2001:db8::7" },
    ]);
  });

  it("a year-less time takes the year of its period, over the turn of the year too, and lines are numbered in the file", () => {
    const reading = {
      firstLine: 100,
      timeZone: "Europe/Berlin",
      within: { from: "2024-11-01T00:00:00.000Z", to: "2025-02-01T00:00:00.000Z" },
    };
    const line = (time: string) => `${time} quay-1 sshd[1]: Accepted password for ada from 10.0.0.1 port 1 ssh2\n`;
    const { facts } = readAs("auth.log", line("Dec 31 23:59:59") + line("Jan  1 00:00:01"), { reading });
    expect(facts).toMatchObject([
      { at: "2024-12-31T22:59:59.000Z", origin: { place: "line 100" } },
      { at: "2024-12-31T23:00:01.000Z", origin: { place: "line 101" } },
    ]);
  });

  it("the end of a long command never shows by itself that nothing was written", () => {
    const read = (rest: string) =>
      readAs("auth.log", `Feb  3 10:15:00 h sudo: ada : (command continued) ${rest}\n`).facts[0];
    expect(read("/etc/hosts")).toMatchObject({ action: "command", writes: null });
    expect(read("x ; rm y")).toMatchObject({ writes: true });
  });

  it("names that are hostile are only names", () => {
    const line =
      "Feb  3 10:15:00 h sshd[1]: Failed password for invalid user <script> from a from 10.0.0.1 port 1 ssh2\n";
    expect(readAs("auth.log", line).facts).toMatchObject([
      { by: expect.stringContaining("<script>"), action: "login-refused" },
    ]);
  });
});

describe("journald", () => {
  it("is read like the lines of syslog, with the journal's own time and host", () => {
    const { facts, unread } = readFixture("journald.jsonl/export.json");
    expect(facts).toMatchObject([
      {
        log: "journald",
        by: "ada",
        as: "root",
        writes: false,
        at: "2025-02-03T10:15:00.123Z",
        host: "quay-1",
        id: "s=1;i=1",
      },
      { action: "login", by: "bob", from: "10.0.2.3" },
    ]);
    expect(unread).toMatchObject([
      { origin: { place: "line 4" }, reason: expect.stringContaining("__REALTIME_TIMESTAMP") },
    ]);
  });
});

describe("CloudTrail", () => {
  it("says who called, as what, and whether it only read", () => {
    const { facts, unread } = readFixture("cloudtrail.json/records.json");
    const rows = facts.map(
      (fact) => fact.kind === "access-event" && [fact.by, fact.as, fact.action, fact.what, fact.writes],
    );
    expect(rows).toEqual([
      ["Deployer/ada@harbour.example", "Deployer", "api-call", "lambda:UpdateFunctionCode20150331v2", true],
      ["bob", "", "api-call", "s3:GetObject", false],
      ["root", "", "login-refused", "signin:ConsoleLogin", false],
      ["bob", "", "account-change", "iam:CreateAccessKey", true],
      ["bob", "", "command-refused", "ec2:TerminateInstances", true],
    ]);
    expect(facts[0]).toMatchObject({ host: "111122223333", from: "192.0.2.7", id: "e-1" });
    expect(unread).toMatchObject([{ origin: { place: "/Records/5" } }]);
  });

  it("a session's name is of the choice of whoever opened it; only IAM Identity Center gives names itself", () => {
    const event = { eventID: "e", eventTime: "2025-02-03T10:15:00Z", eventName: "RunInstances" };
    const read = (userIdentity: object, more: object = {}) =>
      readAs("cloudtrail.json", JSON.stringify({ Records: [{ ...event, userIdentity, ...more }] })).facts[0];
    const issuer = (arn: string, userName: string) => ({ sessionContext: { sessionIssuer: { arn, userName } } });
    const assumed = { type: "AssumedRole", principalId: "AROA:bot", accessKeyId: "ASIA1" };
    expect(read({ ...assumed, ...issuer("arn:aws:iam::1:role/Admin", "Admin") })).toMatchObject({
      by: "Admin/bot",
      as: "Admin",
      session: "ASIA1",
    });
    const reserved = "arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1";
    expect(read({ ...assumed, ...issuer(reserved, "AWSReservedSSO_Admin_1") })).toMatchObject({ by: "bot" });
    const federated = { type: "FederatedUser", principalId: "1:bot", accessKeyId: "ASIA2" };
    expect(read({ ...federated, ...issuer("arn:aws:iam::1:user/ada", "ada") })).toMatchObject({ by: "ada", as: "bot" });
    const given = { eventName: "AssumeRole", responseElements: { credentials: { accessKeyId: "ASIA1" } } };
    expect(read({ type: "IAMUser", userName: "ada", accessKeyId: "AKIA1" }, given)).toMatchObject({ opens: "ASIA1" });
    expect(read({ type: "AWSService", invokedBy: "ec2.amazonaws.com" }, given)).not.toHaveProperty("opens");
  });

  it("a part of a large file is read with the numbers of the whole", () => {
    const event = {
      eventID: "e",
      eventTime: "2025-02-03T10:15:00Z",
      eventName: "GetUser",
      eventSource: "iam.amazonaws.com",
    };
    const text = `{"Records":[${JSON.stringify(event)},`;
    const from = text.indexOf("[") + 1;
    const reading = { elements: { pointer: "/Records", first: 7, from, to: text.length } };
    expect(readAs("cloudtrail.json", text, { reading }).facts).toMatchObject([{ origin: { place: "/Records/7" } }]);
  });
});

describeRecorded("cloudtrail", "a recorded event of CloudTrail", (folder) => {
  it("is a writing call", () => {
    const { facts, unread } = readAs("cloudtrail.json", readFileSync(join(folder, "lambda-update-function-code.json")));
    expect(unread).toEqual([]);
    expect(facts).toMatchObject([{ action: "api-call", writes: true, what: "lambda:UpdateFunctionCode20150331v2" }]);
  });
});

describeRecorded("logs", "recorded lines of auth.log", (folder) => {
  it("are read, with every line accounted for", () => {
    const text = readFileSync(join(folder, "elastic-beats_auth_test.log"), "utf8");
    const { facts, unread } = readAs("auth.log", text);
    expect(unread).toEqual([]);
    const actions = facts.map((fact) => fact.kind === "access-event" && fact.action);
    expect(actions).toEqual([
      ...["login", "login", "login-refused", "login-refused", "command", "command", "command-refused"],
      ...["account-change", "account-change"],
    ]);
  });
});

describe("Kubernetes audit", () => {
  it("the end of each request counts, with who was impersonated, and a shell in a container is not known to read only", () => {
    const { facts, unread } = readFixture("kubernetes-audit.jsonl/audit.log");
    const rows = facts.map(
      (fact) => fact.kind === "access-event" && [fact.by, fact.as, fact.action, fact.what, fact.writes],
    );
    expect(rows).toEqual([
      ["ada", "", "api-call", "list quay pods", false],
      ["admin", "ada", "api-call", "patch quay deployments web", true],
      ["ada", "", "api-call", "create quay pods/exec web-1", null],
      ["bob", "", "command-refused", "delete quay secrets tls", true],
      ["bob", "", "api-call", "create selfsubjectaccessreviews", false],
    ]);
    expect(facts[0]).toMatchObject({ host: "quay-1", from: "10.0.0.9", at: "2025-02-03T10:15:00.123Z" });
    expect(unread).toHaveLength(1);
  });

  it("a shell that was opened is read though its end is in no log", () => {
    const event = {
      ...{ kind: "Event", auditID: "a", stage: "ResponseStarted", verb: "get", user: { username: "ada" } },
      ...{ requestReceivedTimestamp: "2025-02-03T10:15:00Z" },
    };
    const exec = { ...event, objectRef: { resource: "pods", subresource: "exec", namespace: "quay", name: "web-1" } };
    const watch = { ...event, verb: "watch", objectRef: { resource: "pods" } };
    const lines = [exec, watch].map((one) => `${JSON.stringify(one)}\n`).join("");
    const { facts } = readAs("kubernetes-audit.jsonl", lines);
    expect(facts).toMatchObject([{ by: "ada", what: "get quay pods/exec web-1", writes: null }]);
  });

  it("a list in a line is read event by event", () => {
    const event = {
      kind: "Event",
      auditID: "a",
      stage: "ResponseComplete",
      verb: "get",
      requestURI: "/healthz",
      requestReceivedTimestamp: "2025-02-03T10:15:00Z",
    };
    const list = { kind: "EventList", items: [event, { kind: "Event" }] };
    const { facts, unread } = readAs("kubernetes-audit.jsonl", `${JSON.stringify(list)}\n`);
    expect(facts).toMatchObject([{ what: "get /healthz", writes: false }]);
    expect(unread).toHaveLength(1);
  });
});
