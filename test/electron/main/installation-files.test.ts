import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DraftKeeper } from "../../../electron/main/draft-keeper.ts";
import { RecentEngagements } from "../../../electron/main/recent-engagements.ts";
import { saveText } from "../../../electron/main/saved-text.ts";
import { SettingsFile } from "../../../electron/main/settings.ts";
import { TrustedSigners } from "../../../electron/main/trusted-signers.ts";
import type { EngagementView } from "../../../shared/model/view.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tickmark-installation-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opened(path: string): EngagementView {
  const period = { from: "2026-01-01", to: "2026-03-31" };
  return { path, engagement: { name: path, entity: "Northwind", period } } as unknown as EngagementView;
}

describe("the list of recent engagements", () => {
  it("has the newest first, each once, twelve at most, and says which file is gone", async () => {
    const recent = new RecentEngagements(join(folder, "recent.json"), () => "2026-07-06T09:00:00.000Z");
    const there = join(folder, "there.tickmark");
    writeFileSync(there, "");
    for (let number = 0; number < 14; number += 1) await recent.add(opened(`/gone/${number}`));
    await recent.add(opened(there));
    await recent.add(opened("/gone/9"));
    const list = recent.list();
    expect(list.map(({ path }) => path).slice(0, 3)).toEqual(["/gone/9", there, "/gone/13"]);
    expect(list).toHaveLength(12);
    expect(list.map(({ isThere }) => isThere).slice(0, 2)).toEqual([false, true]);
    await recent.forget(there);
    expect(recent.list().some(({ path }) => path === there)).toBe(false);
  });

  it("is empty where its file is damaged, and never stops an engagement from being opened", async () => {
    const path = join(folder, "recent.json");
    writeFileSync(path, "{");
    const recent = new RecentEngagements(path, () => "2026-07-06T09:00:00.000Z");
    expect(recent.list()).toEqual([]);
    await recent.add(opened("/a.tickmark"));
    expect(recent.list()).toHaveLength(1);
  });
});

describe("words that were not recorded", () => {
  let minute = 0;
  const at = () => new Date(Date.UTC(2026, 6, 6, 9, minute++)).toISOString();

  it("are there after everything ended, each at its own place, until they are recorded", async () => {
    const before = new DraftKeeper(join(folder, "drafts"), at);
    expect(await before.read("catalog")).toBeNull();
    await Promise.all([
      before.keep("catalog", "id: c"),
      before.keep("catalog", "id: co"),
      before.keep("a note", "Why?"),
    ]);
    const after = new DraftKeeper(join(folder, "drafts"), at);
    expect(await after.read("catalog")).toMatchObject({ text: "id: co", at: "2026-07-06T09:01:00.000Z" });
    await after.keep("catalog", null);
    expect(await after.read("catalog")).toBeNull();
    expect(await after.read("a note")).toMatchObject({ text: "Why?" });
  });

  it("are forty at most, the newest, and one that is damaged is none", async () => {
    const drafts = new DraftKeeper(join(folder, "drafts"), at);
    for (let number = 0; number < 42; number += 1) await drafts.keep(`form ${number}`, "words");
    expect(readdirSync(join(folder, "drafts"))).toHaveLength(40);
    expect([await drafts.read("form 1"), (await drafts.read("form 41"))?.text]).toEqual([null, "words"]);
    for (const name of readdirSync(join(folder, "drafts"))) writeFileSync(join(folder, "drafts", name), "{");
    expect(await drafts.read("form 41")).toBeNull();
  });
});

describe("the settings of an installation", () => {
  it("suggest nothing until something is saved", async () => {
    const settings = new SettingsFile(join(folder, "settings.json"));
    expect(settings.show()).toEqual({ auditor: "", timeZone: "", catalogPath: "", houseTablePath: "" });
    const own = { auditor: "Ada Auditor", timeZone: "Europe/London", catalogPath: "", houseTablePath: "/a/firm.yaml" };
    await settings.save(own);
    expect(settings.show()).toEqual(own);
  });

  it("that were saved before there were house tables in them are kept", () => {
    const path = join(folder, "settings.json");
    writeFileSync(path, JSON.stringify({ auditor: "Ada Auditor", timeZone: "", catalogPath: "" }));
    expect(new SettingsFile(path).show()).toMatchObject({ auditor: "Ada Auditor", houseTablePath: "" });
  });
});

describe("a text that a person saves", () => {
  it("takes the place of the old file whole, and leaves no half of it where it cannot be written", async () => {
    const path = join(folder, "copy.yaml");
    writeFileSync(path, "old and longer");
    await saveText(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    await expect(saveText(join(folder, "none", "copy.yaml"), "new")).rejects.toMatchObject({ code: "file-unwritable" });
    mkdirSync(join(folder, "taken.yaml"));
    await expect(saveText(join(folder, "taken.yaml"), "new")).rejects.toMatchObject({ code: "file-unwritable" });
    expect(readdirSync(folder).sort()).toEqual(["copy.yaml", "taken.yaml"]);
  });
});

describe("the list of trusted signers", () => {
  const fingerprint = "ab".repeat(32);

  it("takes a signer once and lets go of it, and keeps what else stands in the file", async () => {
    const path = join(folder, "trusted.json");
    writeFileSync(path, JSON.stringify({ signers: [], revocationLists: ["own.crl"] }));
    const trusted = new TrustedSigners(path);
    await trusted.add("Ada", fingerprint, "by telephone");
    await trusted.add("Somebody else", fingerprint, "");
    expect(await trusted.list()).toEqual([{ name: "Ada", fingerprint, note: "by telephone" }]);
    await trusted.remove(fingerprint);
    expect(await trusted.list()).toEqual([]);
    expect(JSON.parse(readFileSync(path, "utf8")).revocationLists).toEqual(["own.crl"]);
  });

  it("is never replaced where it cannot be read: that would make trusted signers unknown in silence", async () => {
    const path = join(folder, "trusted.json");
    writeFileSync(path, "not JSON");
    const trusted = new TrustedSigners(path);
    await expect(trusted.add("Ada", fingerprint, "")).rejects.toMatchObject({ code: "file-unreadable" });
    expect(readFileSync(path, "utf8")).toBe("not JSON");
  });
});
