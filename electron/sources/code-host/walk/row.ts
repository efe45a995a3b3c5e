import { z } from "zod";
import { TickmarkError } from "../../../../shared/errors.ts";
import { type Instant, parseInstant } from "../../../../shared/model/instant.ts";
import type { AuditWindow } from "../../audit-window.ts";

/** A host's time. */
export const Time = z.string().transform((text, context): Instant => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: "custom", message: "not a time with its zone" });
  return z.NEVER;
});

/** Parses the little of a row that collecting needs. @throws response-invalid naming the list */
export function parseRow<T>(schema: z.ZodType<T>, row: unknown, what: string): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TickmarkError(
    "response-invalid",
    `The host lists ${what} in another shape: ${issue?.path.join("/") || "a row"}: ${issue?.message ?? "unknown"}.`,
    "Check that the source's address is the API of the right kind of server, in a version that is supported.",
  );
}

export function isInWindow(window: AuditWindow, at: Instant): boolean {
  return at >= window.from && at < window.to;
}
