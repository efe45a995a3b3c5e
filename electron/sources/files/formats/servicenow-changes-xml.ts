import type { FileFormat } from "../file-format.ts";

/** A list of change requests exported as XML. */
export const servicenowChangesXml: FileFormat = {
  format: "servicenow.changes-xml",
  system: "tickets",
  title: "ServiceNow change requests exported as XML",
  recognisedBy: "a root element unload with elements change_request",
  shape: { cut: "whole" },
  gives: ["tickets"],
  recognise({ xmlRoot, text }) {
    if (xmlRoot === null || !/<change_request[\s>]/.test(text)) return null;
    return { sure: "certain", because: "it holds elements change_request" };
  },
};
