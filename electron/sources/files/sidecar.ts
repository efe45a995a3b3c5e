import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import type { Reading } from "../../../shared/model/evidence.ts";
import type { HandedOverFile } from "./handed-over-files.ts";

const ending = ".about.json";
const largest = 64 * 1024;

/** What a file beside another says of it. */
export const Sidecar = z.strictObject({
  commit: z.string().optional(),
  build: z.string().optional(),
  branch: z.string().optional(),
  /** What it is and what it is for. */
  note: z.string().max(2000).optional(),
});

export function isSidecarName(name: string): boolean {
  return name.endsWith(ending);
}

/**
 * What is known of a file from the one beside it, `report.xml.about.json` for `report.xml`. One that cannot be read
 * says nothing here, and is listed as a file that was not taken.
 */
export async function readSidecar(file: HandedOverFile): Promise<Pick<Reading, "about" | "note">> {
  const said = await readSmall(`${file.path}${ending}`);
  if (said === null) return {};
  const { note, ...about } = said;
  const named = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));
  return {
    ...(Object.keys(named).length === 0 ? {} : { about: named }),
    ...(note === undefined ? {} : { note }),
  };
}

async function readSmall(path: string): Promise<z.infer<typeof Sidecar> | null> {
  try {
    const { size } = await stat(path);
    if (size > largest) return null;
    return Sidecar.safeParse(JSON.parse(await readFile(path, "utf8"))).data ?? null;
  } catch {
    // There is none, or it is no JSON.
    return null;
  }
}
