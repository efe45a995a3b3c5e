import { z } from "zod";
import { Login } from "./account.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

/** What somebody attested for one occurrence of a control that no system can answer for. */
export const Attestation = z.object({
  ...factBase,
  kind: z.literal("attestation"),
  id: z.string(),
  /** The control, `OPS-01`. */
  control: z.string(),
  /** Which occurrence: `2026-W06`, `2026-Q1`, or the name of a document. */
  occurrence: z.string(),
  by: Login,
  /** When it was attested, by the clock of whoever wrote it down. */
  at: Instant,
  checklist: z.array(z.object({ id: z.string(), done: z.boolean(), note: z.string() })),
  /** Documents attached to it, by the hash of their content. */
  documents: z.array(z.object({ sha256: z.string(), name: z.string() })),
  note: z.string(),
});
export type Attestation = z.infer<typeof Attestation>;
