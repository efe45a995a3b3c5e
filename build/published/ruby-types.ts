import type { Described, Description } from "./reduce.ts";

/*
 * GitLab's description is written by a generator that takes Ruby's names of types over as they are, calls every field a
 * string of which the program says nothing, and never says that there are many of something. So of a field that is a
 * string without an example nothing is taken but that it is there.
 */

const types: Readonly<Record<string, string>> = {
  "DateTime": "string",
  "date-time": "string",
  "Symbol": "string",
  "Boolean": "boolean",
  "Array": "array",
};

/** The description with the types that its answers have in JSON, as far as it says any. */
export function readRuby(description: Description): Description {
  const schemas = Object.entries(description.components?.schemas ?? {});
  return {
    ...description,
    namesRows: true,
    components: { schemas: Object.fromEntries(schemas.map(([name, schema]) => [name, readSchema(schema)])) },
  };
}

function readSchema(schema: Described): Described {
  if (schema.type === "string" && Object.keys(schema).length === 1) return {};
  const { type, items, properties } = schema;
  return {
    ...schema,
    ...(typeof type === "string" ? { type: types[type] ?? type } : {}),
    ...(items === undefined ? {} : { items: isPlainString(items) ? items : readSchema(items) }),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, readSchema(one)])) }),
  };
}

/** What a list holds is said where the list is said. */
function isPlainString(items: Described): boolean {
  return items.type === "string";
}
