import { existsSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Command } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";
import { type Draw, isChosenByAuditor } from "../../../shared/model/sample.ts";
import type { SigningKey } from "../../../shared/model/signing-key.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { SecretPlace } from "../../../shared/model/source-parts.ts";
import type { VerificationReport } from "../../../shared/model/verification-report.ts";
import type { DrawView, EngagementView, ExportView, PopulationView } from "../../../shared/model/view.ts";
import type { Client } from "../client.ts";
import type { CommandContext, Runner } from "../command.ts";
import type { ExitStatus, Output } from "../output.ts";
import { type Plan, type ReadPlan, readPlan } from "../plan.ts";
import { requestOf } from "../planned-sample.ts";
import { describeExport, describeVerification, exitStatusOfVerdict } from "./bundle-commands.ts";
import { describeConclusions } from "./conclusion-table.ts";
import { describePopulation } from "./population-command.ts";
import { describeDrawn, randomSeed } from "./sample-draw-command.ts";
import { describePull } from "./source-commands.ts";

const planHelp = `
A plan, with every field:

  engagement:
    file: q1.tickmark            # made if it is not there; a run that was stopped goes on
    name: Change management Q1
    entity: Northwind
    from: 2026-01-01             # both days included
    to: 2026-03-31
    timeZone: Europe/Berlin
    auditor: A. Osei
  sources:                       # as in \`tickmark source add --help\`
    - {id: git, kind: git, repository: ledger-core, location: ./ledger-core.git, releaseBranch: main}
  catalog: my-catalog.yaml       # without it the one that Tickmark brings
  parameters:
    REV-01: {botAuthors: ["dependabot[bot]"]}
  samples:                       # one of each population by chance or everything, and what you name beside it
    - population: change
      method: rank               # or systematic; stratified with \`by: repository\`, and \`sizes: {NAME: N}\` if not proportional
      basis: {kind: plan, confidence: 0.95, tolerableRate: 0.05, expectedRate: 0.01}
      # basis: {kind: two-stage-plan, confidence: 0.9, tolerableRate: 0.05}
      # basis: {kind: house-table, frequency: daily, risk: higher}
      # size: 25                 # alone: your own judgement; with a basis: at least what it asks for
      rationale: Relied on alone, so that 5 % is tolerable
    - population: change
      method: targeted           # or haphazard: non-statistical, tested, kept apart, never in a limit
      items: [{id: ledger-core@0123456789012345678901234567890123456789, reason: The largest change}]
      rationale: What went wrong before
    - {population: deployment, method: everything, rationale: Few enough to test all}
  export:
    zip: q1.zip
    evidence: sampled            # or all
    identity: {pkcs12: signer.p12, passphrase: {in: environment, name: SIGNER_PASSPHRASE}}
                                 # or {token: {modulePath: /usr/lib/token.so, keyLabel: Signing}, pin: {in: file, path: pin}}
    role: preparer               # or reviewer, partner: your own claim
    timestamp: {url: "http://tsa.example.org/tsr"}
    trust: trusted-signers.json

Relative paths start at the plan's folder. A sample without a seed gets a random one after the freeze.`;

export interface RunReport {
  readonly engagement: EngagementView;
  readonly pulls: readonly IpeRecord[];
  readonly population: PopulationView;
  readonly draws: readonly DrawView[];
  readonly summaries: readonly Conclusion[];
  readonly exported: ExportView | null;
  readonly verification: VerificationReport | null;
}

export function addRunCommand(program: Command, { run }: Runner): void {
  program
    .command("run <plan>")
    .description("do the whole job from one file: pull, freeze, draw, evaluate, export, verify")
    .addHelpText("after", planHelp)
    .action(
      run<[string]>(async (context, _options, path) => {
        const report = await runPlan(context, readPlan(path));
        context.output.result(report, describeRun(report));
        return exitStatusOfRun(report);
      }),
    );
}

export function exitStatusOfRun(report: RunReport): ExitStatus {
  return report.verification ? exitStatusOfVerdict(report.verification.verdict) : 0;
}

/**
 * Does every stage that is not done yet, in order; what is done stays as it is.
 * @param judge what a person does between the results and the export
 */
export async function runPlan(
  { output, engine }: Pick<CommandContext, "output" | "engine">,
  { plan, folder }: ReadPlan,
  judge?: (client: Client) => Promise<void>,
): Promise<RunReport> {
  const client = await engine();
  const file = resolve(folder, plan.engagement.file);
  await openEngagement(client, plan, folder, file);
  await addSources(client, plan, folder, file);
  await client.call("pull.run", {});
  const population = (await client.call("population.show", {})) ?? (await client.call("population.freeze", {}));
  const draws = await drawSamples(client, plan);
  let summaries = await client.call("evaluation.run", {});
  if (judge !== undefined) {
    await judge(client);
    summaries = await client.call("evaluation.conclusions", {});
  }
  const exported = plan.export ? await exportPlanned(client, plan.export, folder) : null;
  const views = await client.call("source.list", {});
  return {
    engagement: (await client.call("engagement.current", {})) as EngagementView,
    pulls: views.flatMap(({ ipe }) => ipe ?? []),
    population,
    draws,
    summaries,
    exported,
    verification: exported ? await verifyExported(output, exported, plan.export?.trust, folder) : null,
  };
}

async function openEngagement(client: Client, plan: Plan, folder: string, file: string): Promise<void> {
  const { file: _file, ...engagement } = plan.engagement;
  if (!existsSync(file)) {
    const catalog = plan.catalog === undefined ? {} : { catalogPath: resolve(folder, plan.catalog) };
    await client.call("engagement.create", { path: file, ...engagement, ...catalog, parameters: plan.parameters });
    return;
  }
  const { engagement: found } = await client.call("engagement.open", { path: file });
  const differs = (["name", "entity"] as const).find((field) => found[field] !== engagement[field]);
  const periodDiffers =
    found.period.from !== engagement.from ||
    found.period.to !== engagement.to ||
    found.period.timeZone !== engagement.timeZone;
  if (!differs && !periodDiffers) return;
  throw new TickmarkError(
    "plan-invalid",
    `${file} is another engagement than the plan's: its ${differs ?? "period"} differs.`,
    "Give the plan another file, or correct the plan.",
  );
}

async function addSources(client: Client, plan: Plan, folder: string, file: string): Promise<void> {
  const known = new Set((await client.call("source.list", {})).map(({ source }) => source.id));
  for (const source of plan.sources) {
    if (!known.has(source.id)) await client.call("source.add", { source: moveSource(source, folder, dirname(file)) });
  }
}

/** A source's relative path starts at the engagement's folder, the plan's at its own. */
function moveSource(source: Source, from: string, to: string): Source {
  const move = (path: string) => (isAbsolute(path) || isUrl(path) ? path : relative(to, resolve(from, path)) || ".");
  if (source.kind === "git") return { ...source, location: move(source.location) };
  return "path" in source ? { ...source, path: move(source.path) } : source;
}

const isUrl = (text: string) => /^[a-z][a-z+]*:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text);

async function drawSamples(client: Client, plan: Plan): Promise<DrawView[]> {
  const drawn = await client.call("sample.list", {});
  for (const sample of plan.samples) {
    if (!drawn.some(({ draw }) => isDrawn(sample, draw))) {
      drawn.push(await client.call("sample.draw", requestOf(sample, randomSeed)));
    }
  }
  // What was drawn before may have been superseded since.
  return client.call("sample.list", {});
}

/** A run that goes on never draws a second sample by chance: what the plan says of it may have been edited since. */
function isDrawn(sample: Plan["samples"][number], draw: Draw): boolean {
  if (draw.population !== sample.population || draw.purpose.kind !== "initial") return false;
  if (sample.method !== "targeted" && sample.method !== "haphazard") return !isChosenByAuditor(draw.method);
  const ids = sample.items.map(({ id }) => id);
  return draw.method === sample.method && ids.length === draw.size && ids.every((id, at) => draw.items[at] === id);
}

type PlannedExport = NonNullable<Plan["export"]>;

async function exportPlanned(client: Client, planned: PlannedExport, folder: string): Promise<ExportView> {
  const { timestamp } = planned;
  return client.keep("export.write", {
    key: await readPlannedKey(planned.identity, folder),
    zipPath: resolve(folder, planned.zip),
    evidence: planned.evidence,
    role: planned.role,
    ...(timestamp === undefined ? {} : { timestamp }),
  });
}

async function readPlannedKey(identity: PlannedExport["identity"], folder: string): Promise<SigningKey> {
  const { readSecret } = await import("../../engine/secrets.ts");
  const secretAt = (place: SecretPlace) =>
    readSecret(place.in === "file" ? { ...place, path: resolve(folder, place.path) } : place);
  if ("token" in identity) {
    const { certificatePath } = identity.token;
    const certificate = certificatePath === undefined ? {} : { certificatePath: resolve(folder, certificatePath) };
    return { token: { ...identity.token, ...certificate }, pin: secretAt(identity.pin) };
  }
  const { certificate } = identity;
  return {
    pkcs12Path: resolve(folder, identity.pkcs12),
    passphrase: secretAt(identity.passphrase),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

async function verifyExported(
  output: Output,
  exported: ExportView,
  trust: string | undefined,
  folder: string,
): Promise<VerificationReport> {
  const { verifyFiles } = await import("../../verifier/verify-files.ts");
  return verifyFiles({
    zipPath: exported.zipPath,
    pdfPath: exported.pdfPath,
    ...(trust === undefined ? {} : { trustPath: resolve(folder, trust) }),
    onProgress: (progress) => output.progress("work-progress", progress),
  });
}

export function describeRun(report: RunReport): string[] {
  return [
    ...report.pulls.flatMap(describePull),
    "",
    ...describePopulation(report.population),
    "",
    ...report.draws.flatMap(describeDrawn),
    "",
    ...describeConclusions(report.summaries),
    ...(report.exported ? ["", ...describeExport(report.exported)] : []),
    ...(report.verification ? ["", ...describeVerification(report.verification)] : []),
  ];
}
