import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { stringify } from "yaml";
import type { z } from "zod";
import { TickmarkError } from "../../../shared/errors.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { Demo } from "../../engine/steps/demo-step.ts";
import type { Client } from "../client.ts";
import type { CommandContext, Runner } from "../command.ts";
import { type Plan, readPlan } from "../plan.ts";
import { judgeDemo } from "./demo-judgements.ts";
import { describeRun, exitStatusOfRun, type RunReport, runPlan } from "./run-command.ts";

const passphraseVariable = "TICKMARK_DEMO_PASSPHRASE";

/** Populations of which nothing has to be left untested. */
const fewEnough = [
  "deployment",
  "week",
  "quarter",
  "incident",
  "detected-change",
  "document",
  "review-pattern",
] as const satisfies readonly PopulationKind[];

export function addDemoCommand(program: Command, { run }: Runner): void {
  program
    .command("demo <folder>")
    .description(
      "do the whole job on an invented company; everything is written to the folder, which must be new or empty",
    )
    .action(
      run<[string]>(async (context, _options, folder) => {
        const output = resolve(folder);
        makeEmptyFolder(output);
        const report = await runDemo(context, output);
        context.output.result(report, [...describeRun(report), "", ...describePlaces(output)]);
        return exitStatusOfRun(report);
      }),
    );
}

function makeEmptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length === 0) return;
  throw new TickmarkError(
    "file-unwritable",
    `${folder} is not empty, and the demo writes over nothing.`,
    "Name a folder that is new or empty.",
  );
}

/** Its sources and the server are loaded only now: `verify` must work in a process that has neither store nor network. */
const loadDemo = () => import("../../engine/steps/demo-step.ts");

/** With the plan beside what came of it, so that the same run can be repeated and changed by hand. */
async function runDemo(context: CommandContext, output: string): Promise<RunReport> {
  const { openDemo, ...names } = await loadDemo();
  const demo = await openDemo(join(output, "sources"), (progress) =>
    context.output.progress("work-progress", progress),
  );
  try {
    const client = await context.engine();
    await makeSigner(client, output, names);
    const planPath = join(output, "plan.yaml");
    writeFileSync(planPath, stringify(planOf(demo, output, names)));
    return await runPlan(context, readPlan(planPath), () => judgeDemo(client, demo));
  } finally {
    await demo.close();
  }
}

type Names = Pick<Awaited<ReturnType<typeof loadDemo>>, "demoName" | "demoAuditor">;

/** A signing identity for the demo, and a list of trusted signers that names it, as a recipient would keep it. */
async function makeSigner(client: Client, output: string, { demoAuditor }: Names): Promise<void> {
  const passphrase = randomBytes(16).toString("hex");
  process.env[passphraseVariable] = passphrase;
  const pkcs12Path = join(output, "demo-auditor.p12");
  const names = { commonName: demoAuditor, organisation: "Tickmark demo" };
  const { fingerprint, validFrom } = await client.keep("identity.create", { pkcs12Path, passphrase, ...names });
  const signer = { name: names.commonName, fingerprint, addedAt: validFrom, note: "made by the demo" };
  writeFileSync(join(output, "trusted-signers.json"), `${JSON.stringify({ signers: [signer] }, null, 2)}\n`);
}

function planOf(demo: Demo, output: string, { demoName, demoAuditor }: Names): z.input<typeof Plan> {
  return {
    engagement: {
      file: "demo.tickmark",
      name: demoName,
      entity: demo.entity,
      ...demo.period,
      auditor: demoAuditor,
    },
    sources: demo.sources.map((source) => nameFrom(output, source)),
    parameters: demo.parameters,
    samples: [
      {
        population: "change",
        // Of the demo's hundred or so changes this asks for about thirty.
        basis: { kind: "plan", confidence: "0.95", tolerableRate: "0.13", expectedDeviations: 1 },
        seed: "demo-2026-q1-changes",
        rationale: "What is tolerable is high: later controls find most of what these let through.",
      },
      {
        population: "access-event",
        basis: { kind: "plan", confidence: "0.95", tolerableRate: "0.06", expectedDeviations: 0 },
        seed: "demo-2026-q1-access-events",
        rationale: "A developer who writes to production is rare, and found by other controls too.",
      },
      ...fewEnough.map((population) => ({
        population,
        method: "everything" as const,
        rationale: "Few enough to test all.",
      })),
    ],
    export: {
      zip: "demo.zip",
      evidence: "all",
      identity: { pkcs12: "demo-auditor.p12", passphrase: { in: "environment", name: passphraseVariable } },
      trust: "trusted-signers.json",
    },
  };
}

/** Paths in the plan start at its own folder, so that the folder can be moved. */
function nameFrom(output: string, source: Source): Source {
  if (source.kind === "git") return { ...source, location: relative(output, source.location) };
  return "path" in source ? { ...source, path: relative(output, source.path) } : source;
}

function describePlaces(output: string): string[] {
  const place = (name: string) => relative(process.cwd(), join(output, name));
  return [
    `Open the report:     ${place("demo.pdf")}`,
    `Open the bundle:     ${place("demo.zip")} (index.html in it needs nothing but a browser)`,
    `The plan of the run: ${place("plan.yaml")}`,
    `Check it yourself:   tickmark verify ${place("demo.zip")} --trust ${place("trusted-signers.json")}`,
    `Look at it:          start Tickmark and open ${place("demo.tickmark")}`,
  ];
}
