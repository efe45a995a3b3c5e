import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Entry = z.object({ _id: z.string(), date: z.number(), kind: z.string(), accesses: z.array(z.unknown()) });
const Shape = z.object({ items: z.tuple([Entry], z.unknown()) });

export const launchdarklyAuditlog: FileFormat = {
  format: "launchdarkly.auditlog",
  system: "production",
  title: "Audit log of LaunchDarkly (JSON)",
  recognisedBy: "items with _id, date, kind and accesses",
  shape: { cut: "elements", of: ["/items"] },
  gives: ["switches"],
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "its first item has _id, date, kind and accesses, as LaunchDarkly's have" };
  },
};
