import { readFileSync } from "node:fs";
import { Settings } from "../../shared/model/settings.ts";
import { replaceJson } from "./replaced-json.ts";

const none: Settings = { auditor: "", timeZone: "", catalogPath: "", houseTablePath: "" };

/** What this installation suggests. A damaged file counts as none: nothing of value is lost with it. */
export class SettingsFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  show(): Settings {
    try {
      return Settings.parse(JSON.parse(readFileSync(this.#path, "utf8")));
    } catch {
      return none;
    }
  }

  async save(settings: Settings): Promise<Settings> {
    await replaceJson(this.#path, settings);
    return settings;
  }
}
