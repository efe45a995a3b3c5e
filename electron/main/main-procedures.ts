import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { app, type BrowserWindow, dialog, shell } from "electron";
import type { ResponseOf } from "../../shared/ipc/contract.ts";
import type { KeeperRequest } from "../../shared/ipc/keeper-contract.ts";
import type { MainProcedures } from "./call-answers.ts";
import type { DraftKeeper } from "./draft-keeper.ts";
import { IdentityKeeper } from "./identity-keeper.ts";
import type { RecentEngagements } from "./recent-engagements.ts";
import { saveText } from "./saved-text.ts";
import { SettingsFile } from "./settings.ts";
import { createTokenProcedures } from "./token-procedures.ts";
import type { TrustedSigners } from "./trusted-signers.ts";

interface Engine {
  call(procedure: string, request: unknown): Promise<unknown>;
}

const engagementFiles = [{ name: "Tickmark engagement", extensions: ["tickmark"] }];
const catalogFiles = [{ name: "Control catalog", extensions: ["yaml", "yml"] }];
const bundleFiles = [{ name: "Signed bundle", extensions: ["zip", "asice"] }];

/** What the main process answers itself: dialogs, the keychain, and folders. */
export function createMainProcedures(
  engine: Engine,
  trusted: TrustedSigners,
  recent: RecentEngagements,
  drafts: DraftKeeper,
  window: () => BrowserWindow | undefined,
): MainProcedures {
  const userData = app.getPath("userData");
  const settings = new SettingsFile(join(userData, "settings.json"));
  const identity = new IdentityKeeper(join(userData, "identity"), engine, trusted);
  return {
    ...createTokenProcedures(engine, join(userData, "tokens")),
    "dialog.open-engagement": () => askForFile(window(), engagementFiles),
    "dialog.open-bundle": () => askForFile(window(), bundleFiles),
    "dialog.save-engagement": ({ suggested }) => askWhereToSave(window(), suggested, engagementFiles),
    "catalog.save": async ({ text, suggested }) => {
      const target = await askWhereToSave(window(), suggested, catalogFiles);
      if (target !== null) await saveText(target, text);
      return target;
    },
    "draft.read": ({ place }) => drafts.read(place),
    "draft.keep": async ({ place, text }) => {
      await drafts.keep(place, text);
      return {};
    },
    "settings.show": async () => settings.show(),
    "settings.save": (wanted) => settings.save(wanted),
    "trust.list": () => trusted.list(),
    "trust.add": async ({ name, fingerprint, note }) => {
      await trusted.add(name, fingerprint, note);
      return trusted.list();
    },
    "trust.remove": async ({ fingerprint }) => {
      await trusted.remove(fingerprint);
      return trusted.list();
    },
    "recent.list": async () => recent.list(),
    "recent.forget": async ({ path }) => {
      await recent.forget(path);
      return {};
    },
    "demo.folder": async () => {
      const folder = join(userData, "demo");
      await mkdir(folder, { recursive: true });
      return folder;
    },
    "file.reveal": async ({ path }) => {
      shell.showItemInFolder(path);
      return {};
    },
    "bundle.browse": async ({ zipPath }) => {
      // The window names the bundle; whom to trust is not for the window to say.
      const request: KeeperRequest<"bundle.browse"> = { zipPath, ...trusted.asRequest() };
      return (await engine.call("bundle.browse", request)) as ResponseOf<"bundle.browse">;
    },
    "identity.show": () => identity.show(),
    "identity.create": ({ commonName, organisation, keyType }) => identity.create(commonName, organisation, keyType),
    "identity.load": ({ path, passphrase }) => identity.load(path, passphrase),
    "identity.use-token": ({ token, pin }) => identity.useToken(token, pin),
    "export.write": async ({ zipPath, timestampUrl, ...how }) => {
      const key = await identity.requireKey();
      const target = zipPath ?? (await askWhereToSave(window(), "bundle.zip", bundleFiles));
      if (target === null) {
        return null;
      }
      const timestamp = timestampUrl === undefined ? {} : { timestamp: { url: timestampUrl } };
      const request: KeeperRequest<"export.write"> = { key, zipPath: target, ...how, ...timestamp };
      return (await engine.call("export.write", request)) as ResponseOf<"export.write">;
    },
  };
}

type Filters = { name: string; extensions: string[] }[];

/** Asks for a file that exists; null when the person closes the dialog. */
export async function askForFile(window: BrowserWindow | undefined, filters: Filters): Promise<string | null> {
  const options = { properties: ["openFile" as const], filters };
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

async function askWhereToSave(
  window: BrowserWindow | undefined,
  suggested: string,
  filters: Filters,
): Promise<string | null> {
  const options = { defaultPath: join(app.getPath("documents"), suggested), filters };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || !filePath ? null : filePath;
}

export const askForEngagement = (window: BrowserWindow | undefined): Promise<string | null> =>
  askForFile(window, engagementFiles);
export const askForBundle = (window: BrowserWindow | undefined): Promise<string | null> =>
  askForFile(window, bundleFiles);
