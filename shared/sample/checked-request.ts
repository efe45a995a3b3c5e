import type { z } from "zod";
import { TickmarkError } from "../errors.ts";

/**
 * Fills in what a request leaves out, and refuses one that cannot be answered.
 * @throws request-invalid naming each field
 */
export function checkRequest<Schema extends z.ZodType>(schema: Schema, request: z.input<Schema>): z.output<Schema> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const all = parsed.error.issues.map(({ path, message }) => {
    const name = path.join(".").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return `${name || "it"} ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  });
  throw new TickmarkError(
    "request-invalid",
    `This cannot be computed: ${all.join("; ")}.`,
    "Correct it; rates and confidence are written as 0.05 and 0.95.",
  );
}
