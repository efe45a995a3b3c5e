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
key behind theirs signs the bundle (\`tickmark export\`, \`tickmark sign\`). Who gave a sign-off can withdraw it, the preparer after the
reviewer: then nobody's name stands there, and both stay in the log.`;

export function addSignOffCommands(program: Command, { run }: Runner): void {
  program
    .command("signoff <file>")
    .description("sign off a control or the engagement, withdraw a sign-off, or show who has and what is void")
    .addOption(new Option("--as <role>", "as which you sign").choices(SignOffRole.options))
    .option("--control <id>", "the control that you sign off")
    .option("--engagement", "sign off the engagement")
    .option("--withdraw <S.n>", "the newest sign-off of its role, to be taken back by who gave it")
    .option("--reason <sentence>", "why it is withdrawn, for the workpaper")
    .addOption(byOption())
    .addHelpText("after", help)
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        if (options.withdraw !== undefined) {
          const request = { number: readNumber(options), reason: textOption(options, "reason"), ...readBy(options) };
          const withdrawn = await client.call("sign-off.withdraw", request);
          output.result(withdrawn, [describeSignOff(withdrawn)]);
          return;
        }
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

function readNumber(options: Record<string, unknown>): number {
  const number = /^S\.([1-9]\d{0,8})$/i.exec(textOption(options, "withdraw"))?.[1];
  if (number !== undefined) return Number(number);
  throw usage("--withdraw takes the reference of a sign-off, such as S.3.", "See the references with --json.");
}

function describeSignOff(signOff: SignOff): string {
  const { scope, role, by, at, withdrawal } = signOff;
  if (withdrawal)
    return `${signOffRef(signOff)} ${nameScope(scope)}: S.${withdrawal.of} as ${role} withdrawn by ${by}, ${at}: ${withdrawal.reason}`;
  return `${signOffRef(signOff)} ${nameScope(scope)} signed off by ${by} as ${role}, ${at}`;
}

export function describeScope({ scope, preparer, reviewer }: ScopeSignOffs): string {
  return `${nameScope(scope)}: prepared ${describeStanding(preparer)}; reviewed ${describeStanding(reviewer)}`;
}

function describeStanding(standing: StandingSignOff | null): string {
  if (standing === null) return "by nobody";
  const said = sayVoid(standing);
  return `by ${standing.signOff.by}, ${standing.signOff.at}${said === "" ? "" : ` (${said})`}`;
}
