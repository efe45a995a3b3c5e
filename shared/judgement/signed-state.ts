import type { AuditException } from "../model/audit-exception.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import { type Catalog, type ParameterValues, populationsOf } from "../model/catalog.ts";
import type { Conclusion } from "../model/conclusion.ts";
import type { Digest, Sha256 } from "../model/digest.ts";
import type { Judgement } from "../model/judgement.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { IpeRecord } from "../model/pull.ts";
import type { Result } from "../model/result.ts";
import type { Freeze } from "../model/sample.ts";
import type { SignedDigests, SignOffScope } from "../model/sign-off.ts";
import type { TestedSample } from "../sample/tested-samples.ts";

/** Everything that a sign-off may be about. The engine has it from the store, verification from the bundle's parts. */
export interface SignedState {
  readonly catalogText: string;
  readonly catalog: Catalog;
  readonly parameters: ParameterValues;
  /** Of the pulls that the population rests on. */
  readonly ipe: readonly Pick<IpeRecord, "pullId" | "recordsDigest">[];
  /** The newest of each population. */
  readonly freezes: readonly Freeze[];
  readonly samples: readonly TestedSample[];
  /**
   * Of one control, or of all; in the order of the samples, each stated once. Read anew each time, since there may be
   * millions.
   */
  readonly results: (control: string | null) => Iterable<Result>;
  /** All of them, also those that are outdated or taken back. */
  readonly judgements: readonly Judgement[];
  /** In their newest revision. */
  readonly exceptions: readonly AuditException[];
  readonly conclusions: readonly Conclusion[];
}

/**
 * Digests of what lies under a sign-off: of a control what was tested of it, its judgements, exceptions and conclusions; of the
 * engagement all of it. All evidence lies under both, since it is what every rule was tested on.
 */
export function digestsUnder(scope: SignOffScope, state: SignedState, digest: Digest): SignedDigests {
  const ofControl = <T extends { readonly control: string }>(all: readonly T[]) =>
    scope.kind === "engagement" ? all : all.filter(({ control }) => control === scope.control);
  const control = scope.kind === "control" ? state.catalog.controls.find(({ id }) => id === scope.control) : undefined;
  const populations = control ? populationsOf(control) : [];
  const ofPopulation = <T extends { readonly population: PopulationKind }>(all: readonly T[]) =>
    scope.kind === "engagement" ? all : all.filter(({ population }) => populations.includes(population));
  const of = (value: unknown) => digest(encodeCanonical(value));
  const catalog =
    scope.kind === "engagement"
      ? { text: digest(state.catalogText), parameters: state.parameters }
      : { control: control ?? null, parameters: state.parameters[scope.control] ?? {} };
  return {
    catalog: of(catalog),
    evidence: digestEach(
      state.ipe
        .map(({ pullId, recordsDigest }) => ({ pullId, recordsDigest }))
        .sort((left, right) => (left.pullId < right.pullId ? -1 : 1)),
      digest,
    ),
    population: digestEach(ofPopulation(state.freezes), digest),
    sample: digestEach(
      ofPopulation(state.samples).flatMap(({ draws }) => draws),
      digest,
    ),
    results: digestEach(state.results(scope.kind === "control" ? scope.control : null), digest),
    judgements: digestEach(ofControl(state.judgements), digest),
    exceptions: digestEach(ofControl(state.exceptions), digest),
    conclusions: digestEach(ofControl(state.conclusions), digest),
  };
}

const atOnce = 1000;

/** One digest over many values: over the digests of their lines by the thousand, so that no text grows with the engagement. */
function digestEach(values: Iterable<unknown>, digest: Digest): Sha256 {
  const parts: Sha256[] = [];
  let lines: string[] = [];
  const close = () => {
    if (lines.length > 0) parts.push(digest(lines.join("")));
    lines = [];
  };
  for (const value of values) {
    lines.push(`${encodeCanonical(value)}\n`);
    if (lines.length === atOnce) close();
  }
  close();
  return digest(parts.map((part) => `${part}\n`).join(""));
}
