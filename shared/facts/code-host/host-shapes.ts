import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import { instantOf, parseInstant } from "../../model/instant.ts";

/** Parts that the answers of code hosts have in common. */

/** A time with its zone. */
export const Time = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: "custom", message: "not a time with its zone" });
  return z.NEVER;
});

/** Milliseconds since 1970, as Bitbucket Data Center writes times. */
export const EpochTime = z.number().transform((milliseconds) => instantOf(milliseconds));

export const OptionalTime = Time.nullish().transform((time) => time ?? null);

/** Empty where it is missing. */
export const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/** Null where it is missing or no whole id. */
export const OptionalCommit = z
  .string()
  .nullish()
  .transform((text) => ObjectId.safeParse(text).data ?? null);

export const Id = z.number().int().positive();

export const List = z.array(z.unknown());
