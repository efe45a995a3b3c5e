import type { Command } from "commander";
import type { Completeness, SourceCompleteness } from "../../../shared/model/completeness.ts";
import type { Runner } from "../command.ts";

export function addCompletenessCommand(program: Command, { run }: Runner): void {
  program
    .command("completeness <file>")
    .description("state what was asked of each source, what it says exists, what came, and what is not known")
    .action(
      run<[string]>(async ({ output, engagement }, _options, file) => {
        const client = await engagement(file);
        const statement = await client.call("completeness.show", {});
        output.result(statement, statement ? describeCompleteness(statement) : ["Nothing has been pulled yet."]);
      }),
    );
}

export function describeCompleteness(statement: Completeness): string[] {
  const { period, totals, notPulled, uncovered, missingKinds } = statement;
  return [
    `Completeness from ${period.from} to ${period.to} (${period.timeZone})`,
    ...statement.sources.flatMap(describeSource),
    "",
    `${totals.tieOuts - totals.disagreeing} of ${totals.tieOuts} tie-outs agree; ${totals.missingNumbers} numbers are missing in sequences; ${totals.unread} lines and records could not be read.`,
    ...notPulled.map((id) => `Not pulled: ${id}.`),
    ...uncovered.map(
      ({ kind, scope, from, to }) => `Not covered by any source: ${kind} of ${scope}, ${from} to ${to}.`,
    ),
    ...(missingKinds.length > 0 ? [`No source covers: ${missingKinds.join(", ")}.`] : []),
  ];
}

function describeSource(source: SourceCompleteness): string[] {
  const { facts, unread } = source;
  return [
    "",
    `${source.sourceId} (${source.sourceKind}): ${source.records} records from ${source.endpoint}`,
    `  asked: ${source.query}`,
    ...source.tieOuts.map(({ what, how, expected, received }) => {
      const agrees = expected === received ? "agrees" : "DOES NOT AGREE";
      return `  ${what}: ${received} received, ${expected} by ${how}: ${agrees}`;
    }),
    ...(facts ? [`  read: ${countsOf(facts)}`] : []),
    ...source.sequences.map(
      ({ what, scope, first, last, received, missing, note }) =>
        `  ${what} of ${scope}: ${received} between ${first} and ${last}${
          missing.count > 0 ? `, ${missing.count} missing (${shorten(missing.first)}). ${note}` : ", none missing"
        }`,
    ),
    ...source.times.map(
      ({ kind, scope, facts: count, from, to, emptyDays }) =>
        `  ${kind}${scope === "" ? "" : ` of ${scope}`}: ${count} from ${from} to ${to}; days of the period without any: ${
          emptyDays.count === 0 ? "none" : `${emptyDays.count} (${shorten(emptyDays.first)})`
        }`,
    ),
    ...source.uncovered.map(({ kind, scope, from, to }) => `  not covered: ${kind} of ${scope}, ${from} to ${to}`),
    ...(unread && unread.count > 0 ? [`  could not be read: ${unread.count}`] : []),
    ...(unread?.first.slice(0, 5) ?? []).map(({ locator, place, reason }) => `    ${locator} ${place}: ${reason}`),
  ];
}

function countsOf(facts: Readonly<Record<string, number>>): string {
  const counts = Object.entries(facts).map(([kind, count]) => `${count} ${kind}`);
  return counts.length > 0 ? counts.join(", ") : "no facts";
}

function shorten(runs: readonly string[]): string {
  return runs.length > 5 ? `${runs.slice(0, 5).join(", ")} …` : runs.join(", ");
}
