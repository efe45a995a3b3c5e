import { TickmarkError } from "../../shared/errors.ts";

/** An archive that is made, or damaged, so that programs may read different things in it. `what` continues "The archive …". */
export function hostile(what: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "bundle-hostile",
    `The archive ${what}.`,
    "Do not unpack it with another program. Ask the sender for the original file.",
    cause === undefined ? undefined : { cause },
  );
}

export function tooLarge(what: string): TickmarkError {
  return new TickmarkError(
    "bundle-too-large",
    `The archive ${what}.`,
    "If the sender confirms the size, verify it with the commands in its VERIFY.md.",
  );
}

/** An entry that would have to be held whole. */
export function tooLargeToRead(name: string, size: number): TickmarkError {
  return tooLarge(`has an entry "${name}" of ${size} bytes, too large to be read whole`);
}

export function notAnArchive(): TickmarkError {
  return new TickmarkError(
    "bundle-not-an-archive",
    "The file is not a ZIP archive.",
    "Choose the .zip file of the bundle; the PDF beside it is given in addition.",
  );
}

export function truncated(): TickmarkError {
  return new TickmarkError(
    "bundle-truncated",
    "The archive ends too early: its directory, which stands at the end, is missing.",
    "Copy or download the file again, and compare its size with the sender's.",
  );
}

/** An entry whose bytes are not what its own checksum and sizes say. */
export function damagedEntry(name: string, what: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The entry "${name}" cannot be unpacked: ${what}.`,
    "Copy or download the file again; if that does not help, ask the sender for a new bundle.",
    cause === undefined ? undefined : { cause },
  );
}
