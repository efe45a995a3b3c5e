import { z } from "zod";
import { Sha256 } from "./digest.ts";

/** By which a file of attestations is known. */
export const attestationsMark = "attestations/1";

const ItemId = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** One attestation as a file holds it. */
export const WrittenAttestation = z.strictObject({
  /** `OPS-01`. */
  control: z.string().regex(/^[A-Z]{3}-\d{2}$/),
  /** `2026-W06`, `2026-Q1`, or a document of the control's checklist. */
  occurrence: z.string().min(1).max(200),
  /** Login or address of who attests. */
  by: z.string().min(1).max(320),
  /** When, by the clock of whoever wrote it; with a zone, or in that of the source. */
  at: z.string().min(1).max(40),
  /** Points of the checklist that were done. */
  done: z.array(ItemId),
  /** Points that were not. */
  open: z.array(ItemId).default([]),
  /** Remarks on points, by their ids. */
  remarks: z.record(ItemId, z.string().max(2000)).default({}),
  /** Documents that show it, by the hash of their content: they are handed over beside this file, or by another source. */
  documents: z.array(z.strictObject({ name: z.string().min(1).max(300), sha256: Sha256 })).default([]),
  note: z.string().max(4000).default(""),
});
export type WrittenAttestation = z.infer<typeof WrittenAttestation>;

/** A file of attestations (YAML or JSON): `tickmark attest` writes it, and so may any other tool. */
export const AttestationFile = z.strictObject({
  tickmark: z.literal(attestationsMark),
  attestations: z.array(z.unknown()),
});
