import { z } from "zod";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

/** A line of the entity's list of people. */
export const RosterPerson = z.object({
  ...factBase,
  kind: z.literal("roster-person"),
  id: z.string(),
  name: z.string(),
  emails: z.array(z.string()),
  logins: z.array(z.string()),
  roles: z.array(z.string()),
});
export type RosterPerson = z.infer<typeof RosterPerson>;

/** Somebody came, went, or changed roles, as the directory says. */
export const Employment = z.object({
  ...factBase,
  kind: z.literal("employment"),
  person: z.string(),
  /** Null where the directory does not say. */
  joinedAt: Instant.nullable(),
  leftAt: Instant.nullable(),
  active: z.boolean(),
});
export type Employment = z.infer<typeof Employment>;
