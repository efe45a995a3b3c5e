import { z } from "zod";
import { type Instant, instantOf, parseInstant } from "../model/instant.ts";

/** Small schemas that many systems' answers are made of. Everything else in an answer is left alone. */

/** A time that carries its zone. */
export const Time = z.string().transform((text, context): Instant => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: "custom", message: "not a time with its zone" });
  return z.NEVER;
});

export const OptionalTime = Time.nullish().transform((time) => time ?? null);

/** Milliseconds since 1970. Beyond the year 9999 a moment has no spelling of the usual length. */
export const EpochTime = z.number().int().min(0).max(253_402_300_799_999).transform(instantOf);

export const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

export const List = z.array(z.unknown());
