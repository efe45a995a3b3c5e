import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Field = z.union([z.string(), z.object({ value: z.string() })]);
const Row = z.object({ number: Field, sys_id: Field.optional(), state: Field, sysapproval: z.undefined().optional() });
const Page = z.union([
  z.object({ result: z.tuple([Row], z.unknown()) }),
  z.object({ records: z.tuple([Row], z.unknown()) }),
]);

/** Change requests of ServiceNow as its table API or a list gives them. */
export const servicenowChanges: FileFormat = {
  format: "servicenow.changes",
  system: "tickets",
  title: "ServiceNow change requests (JSON)",
  recognisedBy: "an array result or records whose elements have number and state",
  shape: { cut: "elements", of: ["/result", "/records"] },
  gives: ["tickets"],
  recognise({ json }) {
    if (!Page.safeParse(json).success) return null;
    return { sure: "likely", because: "its records have a number and a state, as ServiceNow's have" };
  },
};
