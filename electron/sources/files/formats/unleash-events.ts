import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Event = z.object({ type: z.string(), createdBy: z.string(), createdAt: z.string() });
const Shape = z.object({ events: z.tuple([Event], z.unknown()) });

export const unleashEvents: FileFormat = {
  format: "unleash.events",
  system: "production",
  title: "Event log of Unleash (JSON)",
  recognisedBy: "events with type, createdBy and createdAt",
  shape: { cut: "elements", of: ["/events"] },
  gives: ["switches"],
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "its first event has type, createdBy and createdAt, as Unleash's have" };
  },
};
