/*
 * What a published description says of the fields that are read, and nothing else: types, what may be null, what must
 * be there. The descriptions themselves are far too large for the repository, and their words are their makers'.
 */

/** A JSON schema, as far as descriptions use it. */
export interface Described {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: boolean | Described;
  readonly items?: Described;
  readonly allOf?: readonly Described[];
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
}

export interface Parameter {
  readonly $ref?: string;
  readonly in?: string;
  readonly name?: string;
  readonly schema?: Described;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema?: Described }>>;

export interface Description {
  readonly info: { readonly version: string };
  /** Where an answer is a list, it describes the row and says nowhere that there are many. */
  readonly namesRows?: boolean;
  readonly components?: { readonly schemas?: Readonly<Record<string, Described>> };
  readonly paths: Readonly<Record<string, { readonly get?: Operation; readonly parameters?: readonly Parameter[] }>>;
}

export interface ReducedOperation {
  /** Query parameters by name. */
  readonly query: Readonly<Record<string, Described>>;
  readonly answer: Described;
}

/** @throws RangeError when the description does not know the operation */
export function reduceOperation(description: Description, path: string, read: Described): ReducedOperation {
  const item = description.paths[path];
  if (item?.get === undefined) throw new RangeError(`the description has no GET ${path}`);
  const parameters = [...(item.parameters ?? []), ...(item.get.parameters ?? [])].map((one) =>
    lookUp(description, one),
  );
  const query = parameters
    .filter((one) => one.in === "query")
    .map((one) => [one.name ?? "", plain(description, one.schema ?? {})] as const);
  const answer = lookUp(description, item.get.responses["200"] ?? {}).content ?? {};
  const schema = Object.values(answer)[0]?.schema ?? {};
  return { query: Object.fromEntries(query), answer: reduce(description, schema, read) };
}

function lookUp<T extends { readonly $ref?: string }>(description: Description, value: T): T {
  let found = value;
  while (found.$ref !== undefined) {
    const steps = found.$ref.replace(/^#\//, "").split("/");
    let place: unknown = description;
    for (const step of steps) place = (place as Record<string, unknown>)[step.replace(/~1/g, "/").replace(/~0/g, "~")];
    found = place as T;
  }
  return found;
}

/** A value of a question: its type and the values that it may have. */
function plain(description: Description, schema: Described): Described {
  const { type, enum: values, items } = lookUp(description, schema);
  return {
    ...(type === undefined ? {} : { type }),
    ...(values === undefined ? {} : { enum: values }),
    ...(items === undefined ? {} : { items: plain(description, items) }),
  };
}

/** What a description and a reader both know. */
function reduce(description: Description, schema: Described, read: Described): Described {
  const found = lookUp(description, schema);
  const row = withoutNull(read).items;
  if (description.namesRows === true && row !== undefined && found.properties !== undefined)
    return { type: "array", items: reduce(description, found, row) };
  const choices = found.anyOf ?? found.oneOf;
  if (choices !== undefined)
    return eitherOf(
      choices.map((one) => reduce(description, one, read)),
      found,
    );
  const parts = partsOf(description, found);
  const known = withoutNull(read);
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<string, Described>;
  const wanted = Object.entries(known.properties ?? {}).filter(([name]) => properties[name] !== undefined);
  const required = parts.flatMap((part) => part.required ?? []).filter((name) => wanted.some(([one]) => one === name));
  const type = found.type ?? (parts.some((part) => part.properties !== undefined) ? "object" : undefined);
  const values = typeof known.additionalProperties === "object" ? known.additionalProperties : undefined;
  const others = typeof found.additionalProperties === "object" ? found.additionalProperties : undefined;
  return {
    ...(type === undefined ? {} : { type: found.nullable === true ? [...[type].flat(), "null"] : type }),
    // Where a reader knows only some words, it matters which there are.
    ...(found.enum === undefined || known.enum === undefined ? {} : { enum: found.enum }),
    ...(required.length === 0 ? {} : { required: [...new Set(required)].sort() }),
    ...(wanted.length === 0
      ? {}
      : {
          properties: Object.fromEntries(
            wanted.map(([name, one]) => [name, reduce(description, properties[name] ?? {}, one)]),
          ),
        }),
    ...(values !== undefined && others !== undefined
      ? { additionalProperties: reduce(description, others, values) }
      : {}),
    ...(found.items !== undefined && known.items !== undefined
      ? { items: reduce(description, found.items, known.items) }
      : {}),
  };
}

/** A schema and everything that it is made of. */
function partsOf(description: Description, schema: Described): Described[] {
  const found = lookUp(description, schema);
  return [found, ...(found.allOf ?? []).flatMap((one) => partsOf(description, one))];
}

function eitherOf(choices: readonly Described[], { nullable }: Described): Described {
  const spelled = new Set(choices.map((one) => JSON.stringify(one)));
  if (nullable === true) spelled.add(JSON.stringify({ type: "null" }));
  const distinct = [...spelled].map((text) => JSON.parse(text) as Described);
  const [only] = distinct;
  return distinct.length === 1 && only !== undefined ? only : { anyOf: distinct };
}

/** What a reader takes besides null; of several forms that with fields. */
function withoutNull(read: Described): Described {
  const choices = read.anyOf ?? read.oneOf ?? [];
  return choices.length === 0 ? read : withoutNull(choices.find((one) => one.type !== "null") ?? {});
}
