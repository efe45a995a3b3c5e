/**
 * `npm run demo`: the main job from beginning to end, on sources that the project makes itself. Everything is written to
 * demo-output/, with the plan, so that the same run can be repeated and changed by hand.
 */
import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { stringify } from "yaml";
import type { z } from "zod";
import { openClient } from "../../electron/cli/client.ts";
import { describeRun, exitStatusOfRun, runPlan } from "../../electron/cli/commands/run-command.ts";
import { createOutput, type Output } from "../../electron/cli/output.ts";
import { type Plan, readPlan } from "../../electron/cli/plan.ts";
import { demoParameters, describeDemoSources } from "../../electron/engine/steps/demo-step.ts";
import { type DemoSources, makeDemoSources } from "../../electron/sources/demo/make-demo-sources.ts";
import { startDemoServer } from "../../electron/sources/demo/server/demo-server.ts";
import type { PopulationKind } from "../../shared/model/population-kind.ts";
import type { Source } from "../../shared/model/source.ts";
import { root } from "../install.mjs";
import { judgeDemo } from "./demo-judgements.ts";

const output = join(root, "demo-output");
const tokenVariable = "TICKMARK_DEMO_TOKEN";
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

const say = createOutput(false, { out: process.stdout, err: process.stderr });
const client = await openClient((event, payload) => say.progress(event, payload));
try {
  process.exitCode = await runDemo(say);
} catch (error) {
  process.exitCode = say.fault(error);
} finally {
  await client.close();
}

async function runDemo(say: Output): Promise<number> {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const demo = await makeDemoSources(join(output, "sources"), {
    onProgress: ({ what, done, total }) => say.progress("work-progress", { what: `Making ${what}`, done, total }),
  });
  const token = randomBytes(16).toString("hex");
  process.env[tokenVariable] = token;
  const server = await startDemoServer(demo, { token });
  try {
    await makeSigner();
    const planPath = join(output, "plan.yaml");
    await writeFile(planPath, stringify(planOf(demo, server)));
    const context = { output: say, engine: async () => client };
    const report = await runPlan(context, readPlan(planPath), () => judgeDemo(client, demo));
    say.result(report, [...describeRun(report), "", ...describePlaces()]);
    return exitStatusOfRun(report);
  } finally {
    await server.close();
  }
}

/** A signing identity for the demo, and a list of trusted signers that names it, as a recipient would keep it. */
async function makeSigner(): Promise<void> {
  const passphrase = randomBytes(16).toString("hex");
  process.env[passphraseVariable] = passphrase;
  const pkcs12Path = join(output, "demo-auditor.p12");
  const names = { commonName: "Demo auditor", organisation: "Tickmark demo" };
  const { fingerprint, validFrom } = await client.keep("identity.create", { pkcs12Path, passphrase, ...names });
  const signer = { name: names.commonName, fingerprint, addedAt: validFrom, note: "made by npm run demo" };
  await writeFile(join(output, "trusted-signers.json"), `${JSON.stringify({ signers: [signer] }, null, 2)}\n`);
}

function planOf(demo: DemoSources, server: { githubUrl: string; jiraUrl: string }): z.input<typeof Plan> {
  return {
    engagement: {
      file: "demo.tickmark",
      name: "Demo: change management",
      entity: demo.answerKey.entity,
      ...demo.answerKey.period,
      auditor: "Demo auditor",
    },
    sources: describeDemoSources(demo, server, tokenVariable).map(nameFromOutput),
    parameters: demoParameters(demo),
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
function nameFromOutput(source: Source): Source {
  if (source.kind === "git") return { ...source, location: relative(output, source.location) };
  return "path" in source ? { ...source, path: relative(output, source.path) } : source;
}

function describePlaces(): string[] {
  const place = (name: string) => relative(process.cwd(), join(output, name));
  return [
    `Open the report:     ${place("demo.pdf")}`,
    `Open the bundle:     ${place("demo.zip")} (index.html in it needs nothing but a browser)`,
    `The plan of the run: ${place("plan.yaml")}`,
    `Check it yourself:   npm run -s tickmark -- verify ${place("demo.zip")} --trust ${place("trusted-signers.json")}`,
    `Look at it:          npm start, then open ${place("demo.tickmark")}`,
  ];
}
