import { z } from "zod";

const Type = z.string().startsWith("dev.cdevents.");
const Cdevent = z.union([
  z.object({ context: z.object({ type: Type }), subject: z.object({}) }),
  z.object({ specversion: z.string(), type: Type, data: z.unknown() }),
]);

/** Whether a value is an event of CDEvents, plain or carried by a CloudEvent. */
export function isCdevent(value: unknown): boolean {
  return Cdevent.safeParse(value).success;
}
