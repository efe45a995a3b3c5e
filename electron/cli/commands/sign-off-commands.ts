import { type Command, Option } from "commander";
import { nameScope, sayVoid } from "../../../shared/model/judgement-words.ts";
import {
  type ScopeSignOffs,
  type SignOff,
  SignOffRole,
  type SignOffScope,
  type StandingSignOff,
  signOffRef,
} from "../../../shared/model/sign-off.ts";
import { type Runner, textOption } from "../command.ts";
import { usage } from "./draw-options.ts";
import { byOption, readBy } from "./judgement-commands.ts";

const help = `
A sign-off is over everything under it as it is now: it is void when anything there changes. The reviewer is another person than
the preparer and than who judged there, and comes after; not while review notes are open. It is a name on record: who puts a
key behind theirs signs the bundle (\`tickmark export\`, \`tickmark sign\`).`;

export function addSignOffCommands(program: Command, { run }: Runner): void {
  program
    .command("signoff <file>")
    .description("sign off a control or the engagement, or show who has and what is void")
    .addOption(new Option("--as <role>", "as which you sign").choices(SignOffRole.options))
    .option("--control <id>", "the control that you sign off")
    .option("--engagement", "sign off the engagement")
    .addOption(byOption())
    .addHelpText("after", help)
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        if (options.as === undefined) {
          const all = await client.call("sign-off.list", {});
          output.result(all, all.map(describeScope));
          return;
        }
        const scope = readScope(options);
        const signed = await client.call("sign-off.sign", {
          scope,
          role: options.as as SignOffRole,
          ...readBy(options),
        });
        output.result(signed, [describeSignOff(signed)]);
      }),
    );
}

function readScope(options: Record<string, unknown>): SignOffScope {
  if ((options.control === undefined) === (options.engagement === undefined))
    throw usage("A sign-off needs either --control or --engagement.", "Give one of them.");
  return options.control === undefined
    ? { kind: "engagement" }
    : { kind: "control", control: textOption(options, "control") };
}

function describeSignOff(signOff: SignOff): string {
  const { scope, role, by, at } = signOff;
  return `${signOffRef(signOff)} ${nameScope(scope)} signed off by ${by} as ${role}, ${at}`;
}

function describeScope({ scope, preparer, reviewer }: ScopeSignOffs): string {
  return `${nameScope(scope)}: prepared ${describeStanding(preparer)}; reviewed ${describeStanding(reviewer)}`;
}

function describeStanding(standing: StandingSignOff | null): string {
  if (standing === null) return "by nobody";
  const said = sayVoid(standing);
  return `by ${standing.signOff.by}, ${standing.signOff.at}${said === "" ? "" : ` (${said})`}`;
}
