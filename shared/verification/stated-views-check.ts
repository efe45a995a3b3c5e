import { partPaths, type StandingPart, type WeeksPart } from "../bundle/bundle-parts.ts";
import { standingOf, standSignOffs } from "../bundle/report-views/judgement-views.ts";
import { newestOf } from "../judgement/signing-off.ts";
import type { Digest } from "../model/digest.ts";
import { Instant } from "../model/instant.ts";
import { PopulationKind } from "../model/population-kind.ts";
import { nounsOf } from "../model/population-words.ts";
import type { Freeze } from "../model/sample.ts";
import type { ScopeSignOffs, StandingSignOff } from "../model/sign-off.ts";
import type { Difference } from "../model/verification-report.ts";
import { countByWeek, hasWeeks, listMondays } from "../population/weeks.ts";
import { testedSamples } from "../sample/tested-samples.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { firstDifference } from "./difference.ts";
import { isStatedHere, standingIn } from "./judgement-check.ts";
import { signedState } from "./sign-off-check.ts";

export interface Misstated extends Difference {
  readonly what: string;
}

/**
 * What the report and the page show of weeks, and of what became of judgements and sign-offs, is stated in two parts of its own. As far as it
 * follows from the rest of the bundle it is held against that: of each week the tested items and of all weeks their sum, of a whole bundle
 * what stands. What a part of several or a redacted edition cannot know stays the signer's word.
 */
export function findMisstated(
  statements: BundleStatements,
  { weeks, standing }: { readonly weeks: WeeksPart; readonly standing: StandingPart },
  digest: Digest,
): Misstated | undefined {
  return findMiscounted(statements, weeks) ?? findWrongStanding(statements, standing, digest);
}

function findMiscounted(statements: BundleStatements, weeks: WeeksPart): Misstated | undefined {
  const frozen = statements.currentFreezes.filter(({ population }) => hasWeeks(population));
  const kinds = frozen.map(({ population }) => population);
  const stated = PopulationKind.options.filter((kind) => weeks[kind] !== undefined);
  const other = [...kinds, ...stated].find((kind) => !(kinds.includes(kind) && stated.includes(kind)));
  if (other !== undefined) return ofWeeks(`It has no weeks of ${nounsOf(other)}, or some that nobody froze`, other, {});
  for (const freeze of frozen) {
    const fault = findMiscountedIn(statements, freeze, weeks[freeze.population] ?? []);
    if (fault) return fault;
  }
  return undefined;
}

function findMiscountedIn(
  statements: BundleStatements,
  { population, size }: Freeze,
  stated: NonNullable<WeeksPart[PopulationKind]>,
): Misstated | undefined {
  const mondays = listMondays(statements.engagement.engagement.period);
  const listed = firstDifference(
    stated.map(({ monday }) => monday),
    mondays,
  );
  if (listed.path !== "") {
    const difference = { expected: listed.left, found: listed.right };
    return ofWeeks("Its weeks are not those of the period", population, difference);
  }
  const sum = stated.reduce((all, { count }) => all + count, 0);
  if (sum !== size || stated.some(({ count }) => count < 0)) {
    const difference = { expected: `${sum} in all weeks`, found: `${size} in the population` };
    return ofWeeks("Its weeks do not add up to the population", population, difference);
  }
  const sampled = countSampled(statements, population, stated);
  const wrong = stated.find((week) => sampled !== null && week.sampled !== (sampled.get(week.monday) ?? 0));
  if (wrong === undefined) return undefined;
  const difference = { expected: `${wrong.sampled} tested`, found: `${sampled?.get(wrong.monday) ?? 0} tested` };
  return ofWeeks(`It has another number of tested items in the week of ${wrong.monday}`, population, difference);
}

/** By Monday; null where a part of several has not all that was tested of the population. */
function countSampled(
  { draws, freezes, samples, items, engagement }: BundleStatements,
  population: PopulationKind,
  stated: NonNullable<WeeksPart[PopulationKind]>,
): Map<string, number> | null {
  const isOwn = (sample: { readonly population: PopulationKind }) => sample.population === population;
  const own = samples.filter(isOwn);
  if (testedSamples(draws, freezes).filter(isOwn).length !== own.length) return null;
  if (own.some(({ initial }) => initial.method === "everything"))
    return new Map(stated.map(({ monday, count }) => [monday, count]));
  const counted = new Set(own.flatMap((sample) => sample.items));
  const moments = (items.get(population) ?? []).flatMap((item) =>
    counted.has(item.id) && "at" in item ? [Instant.parse(item.at)] : [],
  );
  return countByWeek(moments, engagement.engagement.period.timeZone);
}

function ofWeeks(what: string, population: PopulationKind, difference: Difference): Misstated {
  return { what: `${what}.`, subject: `${partPaths.weeks}, ${nounsOf(population)}`, ...difference };
}

function findWrongStanding(statements: BundleStatements, stated: StandingPart, digest: Digest): Misstated | undefined {
  const subject = partPaths.standing;
  const told = firstDifference(
    stated.judgements.map(({ number }) => number),
    statements.judgements.map(({ number }) => number),
  );
  if (told.path !== "")
    return { what: "It is not about the judgements of the bundle.", subject, expected: told.left, found: told.right };
  const standing = standingIn(statements, digest);
  for (const [index, judgement] of statements.judgements.entries()) {
    const { control, item, number } = judgement;
    if (!isStatedHere(statements, control, item)) continue;
    const [expected, found] = [stated.judgements[index]?.standing ?? "", standingOf(judgement, standing)];
    if (expected !== found) return { what: `It says otherwise of judgement J.${number}.`, subject, expected, found };
  }
  const isWhole = statements.engagement.split === undefined && statements.redactions === null;
  const signed = isWhole
    ? standSignOffs(statements.signOffs, signedState(statements), digest)
    : asStated(statements, stated.signOffs);
  const difference = firstDifference(stated.signOffs, signed);
  if (difference.path === "") return undefined;
  const values = { expected: difference.left, found: difference.right };
  return { what: `What it says of sign-offs comes out otherwise at ${difference.path}.`, subject, ...values };
}

/** Whether a sign-off is void is the signer's word here; who signed what is not. */
function asStated({ signOffs }: BundleStatements, stated: readonly ScopeSignOffs[]): ScopeSignOffs[] {
  return stated.map(({ scope, ...told }) => {
    const newest = (role: "preparer" | "reviewer"): StandingSignOff | null => {
      const signOff = newestOf(signOffs, scope, role);
      return signOff === null ? null : { signOff, changed: told[role]?.changed ?? [] };
    };
    return { scope, preparer: newest("preparer"), reviewer: newest("reviewer") };
  });
}
