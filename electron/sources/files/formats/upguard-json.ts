import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Change = z
  .looseObject({ node: z.unknown(), node_name: z.unknown(), hostname: z.unknown() })
  .partial()
  .refine((row) => "node" in row || "node_name" in row || "hostname" in row)
  .refine((row) => "change" in row || "change_type" in row)
  .refine((row) => "path" in row || "item" in row);
const Changes = z.tuple([Change], z.unknown());
const Shape = z.union([Changes, z.object({ changes: Changes }), z.object({ diffs: Changes })]);

export const upguardJson: FileFormat = {
  format: "upguard.json",
  system: "production",
  title: "Reports of changes of UpGuard (JSON)",
  recognisedBy: "changes with a node, a kind of change and a path or item",
  shape: { cut: "elements", of: ["/changes", "/diffs", ""] },
  gives: ["detections"],
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "likely", because: "its first change has a node, a kind and a path" };
  },
};
