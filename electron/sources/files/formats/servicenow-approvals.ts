import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Field = z.union([z.string(), z.object({ value: z.string() })]);
const Row = z.object({ sysapproval: Field, approver: Field, state: Field });
const Page = z.union([
  z.object({ result: z.tuple([Row], z.unknown()) }),
  z.object({ records: z.tuple([Row], z.unknown()) }),
]);

/** Approvals of ServiceNow as its table API or a list gives them. */
export const servicenowApprovals: FileFormat = {
  format: "servicenow.approvals",
  system: "tickets",
  title: "ServiceNow approvals (JSON)",
  recognisedBy: "an array result or records whose elements have sysapproval, approver and state",
  shape: { cut: "elements", of: ["/result", "/records"] },
  gives: ["decisions"],
  recognise({ json }) {
    if (!Page.safeParse(json).success) return null;
    return { sure: "certain", because: "its records have sysapproval, approver and state" };
  },
};
