import { readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Settings } from "../../shared/model/settings.ts";

const none: Settings = { auditor: "", timeZone: "", catalogPath: "" };

/** What this installation suggests for a new engagement. A damaged file counts as none: nothing of value is lost with it. */
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
    await mkdir(dirname(this.#path), { recursive: true });
    const incoming = `${this.#path}.new`;
    await writeFile(incoming, `${JSON.stringify(settings, null, 2)}\n`);
    await rename(incoming, this.#path);
    return settings;
  }
}
