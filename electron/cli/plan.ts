import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Document, parseDocument } from "yaml";
import { z } from "zod";
import { TickmarkError } from "../../shared/errors.ts";
import { ParameterValues } from "../../shared/model/catalog.ts";
import { EvidenceScope } from "../../shared/model/evidence-scope.ts";
import { SignerRole } from "../../shared/model/signer-role.ts";
import { TimestampAuthority, TokenPlace } from "../../shared/model/signing-key.ts";
import { Source } from "../../shared/model/source.ts";
import { SecretPlace } from "../../shared/model/source-parts.ts";
import { PlannedSamples } from "./planned-sample.ts";

const text = z.string().min(1);

/** An engagement as code: everything that a run needs, and no secret. */
export const Plan = z.strictObject({
  engagement: z.strictObject({
    file: text,
    name: text,
    entity: text,
    from: text,
    to: text,
    timeZone: text,
    auditor: text,
  }),
  sources: z.array(Source).min(1),
  /** A catalog of one's own; without it the one that Tickmark brings. */
  catalog: text.optional(),
  parameters: ParameterValues.default({}),
  samples: PlannedSamples,
  /** Without it nothing is exported. */
  export: z
    .strictObject({
      zip: text,
      evidence: EvidenceScope.default("sampled"),
      identity: z.union([
        z.strictObject({ pkcs12: text, passphrase: SecretPlace, certificate: text.optional() }),
        z.strictObject({ token: TokenPlace, pin: SecretPlace }),
      ]),
      role: SignerRole.default("preparer"),
      /** Authority to ask for timestamps; the export goes on without them when it cannot be reached. */
      timestamp: TimestampAuthority.optional(),
      /** Trusted signers to verify the bundle against afterwards. */
      trust: text.optional(),
    })
    .optional(),
});
export type Plan = z.infer<typeof Plan>;

export interface ReadPlan {
  readonly plan: Plan;
  /** Relative paths in a plan are relative to its own folder. */
  readonly folder: string;
}

/** @throws file-missing, plan-invalid naming the field */
export function readPlan(path: string): ReadPlan {
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch (cause) {
    throw new TickmarkError("file-missing", `The plan ${path} cannot be read.`, "Check its path.", { cause });
  }
  const document = parseDocument(source, { schema: "core", logLevel: "silent" });
  const problem = document.errors[0];
  if (problem) throw invalidPlan(path, problem.message.split("\n", 1)[0] ?? "it is not YAML");
  const parsed = Plan.safeParse(readValue(path, document));
  if (!parsed.success) {
    const all = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the plan"}: ${issue.message}`);
    throw invalidPlan(path, all.join("; "));
  }
  return { plan: parsed.data, folder: dirname(resolve(path)) };
}

function readValue(path: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw invalidPlan(path, cause instanceof Error ? cause.message : "it cannot be read");
  }
}

function invalidPlan(path: string, what: string): TickmarkError {
  return new TickmarkError(
    "plan-invalid",
    `The plan ${path} cannot be used: ${what}.`,
    "Correct it; `tickmark run --help` shows a plan with every field.",
  );
}
