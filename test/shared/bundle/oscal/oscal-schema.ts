import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

/** What NIST's schema says of a document: nothing when it is valid. */
export type SchemaCheck = (document: unknown) => string[];

export function readOscalSchema(folder: string, name: "assessment-plan" | "assessment-results"): SchemaCheck {
  const schema = JSON.parse(readFileSync(join(folder, `oscal_${name}_schema.json`), "utf8"));
  // The published schema names the same place twice by $id, which is its own business and no fault of a document.
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (document) => {
    if (validate(document)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
