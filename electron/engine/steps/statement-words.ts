import { z } from "zod";
import { EngagementPart, ExclusionsPart, StandingPart, WeeksPart } from "../../../shared/bundle/bundle-parts.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import { Activity } from "../../../shared/model/activity.ts";
import { AuditException } from "../../../shared/model/audit-exception.ts";
import { Completeness } from "../../../shared/model/completeness.ts";
import { Conclusion } from "../../../shared/model/conclusion.ts";
import { Evidence } from "../../../shared/model/evidence.ts";
import { itemSchemas } from "../../../shared/model/item.ts";
import { Judgement } from "../../../shared/model/judgement.ts";
import { People } from "../../../shared/model/person.ts";
import { Reconciliation } from "../../../shared/model/population.ts";
import { IpeRecord } from "../../../shared/model/pull.ts";
import { Result } from "../../../shared/model/result.ts";
import { ReviewNote } from "../../../shared/model/review-note.ts";
import { Draw, Freeze } from "../../../shared/model/sample.ts";
import { SignOff } from "../../../shared/model/sign-off.ts";
import type { ExportContent } from "./export-content.ts";

/** What a bundle's statements are read with. */
const statements = {
  part: EngagementPart,
  people: People,
  ipe: z.array(IpeRecord),
  completeness: Completeness,
  freezes: z.array(Freeze),
  population: ExclusionsPart.extend({ reconciliation: Reconciliation }),
  draws: z.array(Draw),
  items: z.object(Object.fromEntries(Object.entries(itemSchemas).map(([kind, item]) => [kind, z.array(item)]))),
  summaries: z.array(Conclusion),
  judgements: z.array(Judgement),
  exceptions: z.array(AuditException),
  signOffs: z.array(SignOff),
  reviewNotes: z.array(ReviewNote),
  weeks: WeeksPart,
  standing: StandingPart,
  activities: z.array(Activity),
} as const satisfies Partial<Record<keyof ExportContent, z.ZodType>>;

/**
 * Words that statements are read by, and that must stay whoever has a name like one: somebody who commits as `github`, or a login
 * `change`. A word counts where it is the whole of a text.
 */
export function wordsOfStatements({ part, catalog }: Pick<ExportContent, "part" | "catalog">): ReadonlySet<string> {
  const words = new Set<string>([part.engagement.period.timeZone]);
  for (const { id, assertions } of catalog.controls) {
    words.add(id);
    for (const assertion of assertions) words.add(assertion.id);
  }
  wordsOfSchemas ??= readSchemas();
  for (const word of wordsOfSchemas) words.add(word);
  return words;
}

/** Kept, since each part of a split export asks. */
let wordsOfSchemas: ReadonlySet<string> | undefined;

function readSchemas(): Set<string> {
  const words = new Set<string>();
  for (const schema of [...Object.values(statements), Result, Evidence])
    addWords(z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }), words);
  return words;
}

function addWords(described: unknown, words: Set<string>): void {
  if (typeof described !== "object" || described === null) return;
  for (const [key, value] of Object.entries(described)) {
    if (key === "const" && typeof value === "string") words.add(value);
    else if (key === "enum" && Array.isArray(value)) for (const word of value) words.add(String(word));
    else addWords(value, words);
  }
}

/** @throws usage where something was replaced in a statement without which nobody can read it */
export function requireReadable(content: ExportContent): void {
  for (const [name, schema] of Object.entries(statements)) {
    const read = schema.safeParse(content[name as keyof typeof statements]);
    if (read.success) continue;
    const [issue] = read.error.issues;
    throw new TickmarkError(
      "usage",
      `The edition cannot be made: something that the rules replace is needed to read its statements (${[name, ...(issue?.path ?? [])].join(".")}: ${issue?.message ?? "it cannot be read"}).`,
      "Make the text or pattern of the rules narrower, so that it does not meet ids, times and names of settings. Where it is a person's name, keep persons (persons: keep), or give the source another id.",
    );
  }
}
