import { describe, expect, it } from "vitest";
import { readAs, readFixture } from "../fixture-evidence.ts";

describe("Slack's export", () => {
  it("what people and bots said is read, by Slack's clock; who came and went is not", () => {
    const read = readAs("slack.day", JSON.stringify([{ type: "message", user: "U1", ts: "1738577700.5", text: "x" }]), {
      locator: "export/releases/2025-02-03.json",
    });
    expect(read.facts).toMatchObject([
      { channel: "releases", by: "U1", account: "U1", at: "2025-02-03T10:15:00.500Z" },
    ]);
    const { facts, unread } = readFixture("slack.day/2025-02-03.json");
    expect(facts).toMatchObject([
      { medium: "slack", by: "ada", text: "Deploying quay v7 to production :ship:", at: "2025-02-03T10:15:00.000Z" },
      { by: "deploy-bot", text: "Production: quay v7 is live" },
    ]);
    expect(unread).toMatchObject([{ origin: { place: "/3" } }]);
  });

  it("the list of accounts says whose an id is: address, names, and whether it is a bot", () => {
    const bot = { id: "B1", team_id: "T1", name: "deploy-bot", is_bot: true, profile: {} };
    expect(readFixture("slack.users/users.json").facts).toMatchObject([
      { kind: "chat-account", medium: "slack", id: "U1", login: "ada", name: "Ada L", email: "ada@harbour.example" },
    ]);
    expect(readAs("slack.users", JSON.stringify([bot, { name: "nobody" }]))).toMatchObject({
      facts: [{ id: "B1", login: "deploy-bot", name: "", email: "", bot: true }],
      unread: [{ origin: { place: "/1" } }],
    });
  });
});

describe("IRC logs", () => {
  it("irssi: the day comes from the lines between days", () => {
    const { facts, unread } = readFixture("irc.log/irssi.log");
    expect(facts).toMatchObject([
      { medium: "irc", by: "ada", text: "deploying quay v7 to production", at: "2025-02-03T10:15:00.000Z" },
      { by: "bob", text: "watches" },
      { by: "ada", text: "done <script>", at: "2025-02-04T00:05:00.000Z" },
    ]);
    expect(unread).toMatchObject([{ origin: { place: "line 8" } }]);
  });

  it("WeeChat: each line has its day; energymech and ZNC: the file's name has it", () => {
    expect(readFixture("irc.log/irc.harbour.#releases.weechatlog").facts).toMatchObject([
      { channel: "#releases", by: "ada", text: "deploying quay v7", at: "2025-02-03T10:15:02.000Z" },
      { by: "bob", text: "watches" },
    ]);
    expect(readFixture("irc.log/#releases_20250203.log").facts).toMatchObject([
      { channel: "#releases", by: "ada", at: "2025-02-03T10:15:01.000Z" },
      { by: "bob" },
    ]);
    const znc = readAs("irc.log", "[10:15:01] <ada> x\n", { locator: "logs/#ops/2025-02-03.log" });
    expect(znc.facts).toMatchObject([{ channel: "#ops", at: "2025-02-03T10:15:01.000Z" }]);
  });

  it("a line without a day is listed and not guessed", () => {
    expect(readAs("irc.log", "10:15 < ada> x\n")).toMatchObject({
      facts: [],
      unread: [{ reason: expect.stringContaining("the day") }],
    });
    expect(readAs("irc.log", "[25:99:00] <ada> x\n", { locator: "a_20250203.log" }).unread).toHaveLength(1);
  });
});

describe("a mailbox", () => {
  it("arrives by the last server's clock, not by the date that its sender wrote", () => {
    const { facts, unread } = readFixture("mail.mbox/list.mbox");
    expect(facts).toMatchObject([
      {
        medium: "mail",
        id: "<m1@harbour.example>",
        channel: "releases.harbour.example",
        at: "2025-02-03T10:15:05.000Z",
        by: "ada@harbour.example",
        text: "Quay v7 geht raus\n\nQuay v7 für alle, a long line that goes on.\nFrom here on it is live.",
      },
      {
        channel: "ops@harbour.example",
        at: "2025-02-04T10:15:00.000Z",
        by: "bob@harbour.example",
        text: "Done\n\nIt is done.",
      },
    ]);
    expect(unread).toMatchObject([{ reason: expect.stringContaining("date") }]);
  });

  const mail = (headers: string, body: string) =>
    readAs(
      "mail.mbox",
      `From a@b.example Mon Feb  3 10:15:00 2025\nDate: Mon, 3 Feb 2025 10:15:00 GMT\n${headers}\n\n${body}\n`,
    ).facts[0];

  it("base64, HTML alone and raw UTF-8 are read; scripts, attachments and unknown character sets do no harm", () => {
    const html = Buffer.from("<p>Quay &amp; crane</p><script>alert(1)</script>").toString("base64");
    expect(mail("Content-Type: text/html\nContent-Transfer-Encoding: base64", html)).toMatchObject({
      text: "Quay & crane",
    });
    expect(mail("Subject: Grüße\nContent-Type: text/plain; charset=x-unknown", "für")).toMatchObject({
      text: "Grüße\n\nfür",
    });
    const attached = "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nsecret\n--b\n\nseen\n--b--";
    expect(mail("Content-Type: multipart/mixed; boundary=b", attached)).toMatchObject({ text: "seen" });
  });

  it("parts in parts without end are left where no mail goes", () => {
    const deep = Array.from(
      { length: 200 },
      (_, index) => `--b${index}\nContent-Type: multipart/mixed; boundary=b${index + 1}\n`,
    ).join("\n");
    expect(mail("Content-Type: multipart/mixed; boundary=b0", deep)).toMatchObject({ kind: "announcement" });
  });
});
