import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Shape = z.object({ apiVersion: z.string().regex(/^audit\.k8s\.io\//) });

export const kubernetesAuditLines: FileFormat = {
  format: "kubernetes-audit.jsonl",
  system: "production",
  title: "Audit log of a Kubernetes API server, one event a line",
  recognisedBy: "the API version audit.k8s.io of its first line",
  shape: { cut: "lines" },
  gives: ["access"],
  recognise({ jsonLines }) {
    if (!Shape.safeParse(jsonLines[0]).success) return null;
    return { sure: "certain", because: "its first line is of the API audit.k8s.io" };
  },
};
