import type { Signature } from "../../model/git-facts.ts";
import { instantOf } from "../../model/instant.ts";
import { decodeText } from "./git-evidence.ts";

/** Seconds since 1970 of the first and of the last moment that an Instant can spell. */
const earliest = -62_167_219_200;
const latest = 253_402_300_799;

/**
 * Reads `Name <address> seconds zone`. Names and addresses can be missing or odd; the time is in UTC by definition, so
 * its zone changes nothing. A time that cannot be read is shown as git shows it: as the first moment of 1970.
 * @param note takes what could not be read
 */
export function readSignature(value: Uint8Array, encoding: string, note: (reason: string) => void): Signature {
  const { text, whole } = decodeText(value, encoding);
  if (!whole) note(`some of it is not ${encoding || "UTF-8"}`);
  const open = text.indexOf("<");
  const close = open < 0 ? -1 : text.indexOf(">", open);
  if (close < 0) {
    note("it has no address in angle brackets");
    return { name: text.trim(), email: "", at: instantOf(0) };
  }
  // Odd addresses can hold another bracket: the time stands after the last one.
  const [, seconds] = /^\s*(-?\d+)(?:\s|$)/.exec(text.slice(text.lastIndexOf(">") + 1)) ?? [];
  return {
    name: text.slice(0, open).trim(),
    email: text.slice(open + 1, close).trim(),
    at: readSeconds(seconds, note),
  };
}

function readSeconds(seconds: string | undefined, note: (reason: string) => void): string {
  const number = Number(seconds ?? Number.NaN);
  if (number >= earliest && number <= latest) return instantOf(number * 1000);
  note(seconds === undefined ? "it has no time" : `its time ${seconds.slice(0, 30)} is beyond the calendar`);
  return instantOf(0);
}
