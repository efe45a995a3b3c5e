import type { Origin } from "../../model/origin.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";

/** What a record that has no id of its own is called: its file and its place in it. */
export function placeName(input: EvidenceInput, { place }: Origin): string {
  return `${input.locator.replace(/#[^/]*$/, "")} ${place}`.trim();
}

/** Host, cluster or account of files that name none: what the source says that they are about. */
export function scopeOf(source: Source): string {
  return "scope" in source && typeof source.scope === "string" ? source.scope : "";
}
