import type { BundleContents } from "../bundle/bundle-contents.ts";
import { partPaths, StandingPart, WeeksPart } from "../bundle/bundle-parts.ts";
import { decodeUtf8 } from "../model/text.ts";
import { parsePart } from "./bundle-reading.ts";
import { throwIfStopped } from "./pace.ts";

/** What the report and the page show besides what the other parts state. */
export interface StatedViews {
  readonly weeks: WeeksPart;
  readonly standing: StandingPart;
}

/** Null where there are none that can be read, which the check of documents says. */
export async function readWeeks(contents: BundleContents): Promise<WeeksPart | null> {
  const read = await readStatedViews(contents).catch((error: unknown) => {
    throwIfStopped(error);
    return null;
  });
  return read?.weeks ?? null;
}

/** @throws bundle-part-invalid also where the bundle, made by another version, has no such parts */
export async function readStatedViews(contents: BundleContents): Promise<StatedViews> {
  const textOf = async (path: string) => decodeUtf8(await contents.read(path)) ?? "";
  return {
    weeks: parsePart(partPaths.weeks, await textOf(partPaths.weeks), WeeksPart),
    standing: parsePart(partPaths.standing, await textOf(partPaths.standing), StandingPart),
  };
}
