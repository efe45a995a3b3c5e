import type { Command } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import type { PeopleView, RecordedDecision } from "../../../shared/model/people-decision.ts";
import { Account } from "../../../shared/model/person.ts";
import { type Runner, textOption } from "../command.ts";

export function addPeopleCommands(program: Command, { run }: Runner): void {
  const people = program.command("people").description("who is behind which account, and why");
  people
    .command("list <file>")
    .description("unknown identities first, then each person with its accounts and the reason for each")
    .action(
      run<[string]>(async ({ output, engagement }, _options, file) => {
        const client = await engagement(file);
        const view = await client.call("people.list", {});
        output.result(view, describePeople(view));
      }),
    );
  people
    .command("join <file>")
    .description("decide that an account is of the person who has another one; freeze anew for it to count")
    .requiredOption("--account <account>", "system and name, such as git:ada@old.example")
    .requiredOption("--with <account>", "an account of the person, such as github:ada")
    .requiredOption("--reason <text>", "how you know")
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const view = await client.call("people.join", {
          account: readAccount(textOption(options, "account")),
          with: readAccount(textOption(options, "with")),
          reason: textOption(options, "reason"),
        });
        output.result(view, describeDecided(view));
      }),
    );
  people
    .command("split <file>")
    .description("decide that an account is not of the person to whom it was given: nobody is known behind it then")
    .requiredOption("--account <account>", "system and name")
    .requiredOption("--reason <text>", "how you know")
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const account = readAccount(textOption(options, "account"));
        const view = await client.call("people.split", { account, reason: textOption(options, "reason") });
        output.result(view, describeDecided(view));
      }),
    );
  people
    .command("withdraw <file>")
    .description("take back a decision, by the number of its entry in the activity log")
    .requiredOption("--entry <number>", "as `people list` shows it")
    .requiredOption("--reason <text>", "why it does not hold")
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const entry = Number(textOption(options, "entry"));
        if (!Number.isInteger(entry) || entry < 1) throw usage("An entry is a whole number, such as 12.");
        const view = await client.call("people.withdraw", { entry, reason: textOption(options, "reason") });
        output.result(view, describeDecided(view));
      }),
    );
}

function readAccount(text: string): Account {
  const colon = text.indexOf(":");
  const account = Account.safeParse({ system: text.slice(0, Math.max(colon, 0)), name: text.slice(colon + 1) });
  if (account.success && account.data.name !== "") return account.data;
  throw usage(
    `"${text}" is no account: it is a system and a name, such as github:ada; systems are ${Account.shape.system.options.join(", ")}.`,
  );
}

function usage(what: string): TickmarkError {
  return new TickmarkError("usage", what, "See `tickmark people --help`.");
}

function describePeople({ roster, unknown, persons, decisions, pending }: PeopleView): string[] {
  return [
    unknown.length === 0
      ? "No unknown identities in the frozen populations."
      : `${unknown.length} unknown identities: who is behind them cannot be told, so what hangs on it has no evidence.`,
    ...unknown.map(
      ({ account, name, items, example }) =>
        `  ${account.system}:${account.name} (${name}): ${items} items, the first ${example}`,
    ),
    "",
    `${persons.length} persons; ${roster ? "a roster was handed over" : "no roster was handed over, so the host's word counts"}.`,
    ...persons.flatMap(({ name, id, roles, bot, accounts }) => [
      `${name} (${id})${bot ? ", a bot" : ""}${roles.length > 0 ? `: ${roles.join(", ")}` : ""}`,
      ...accounts.map(({ system, name: account, reason }) => `  ${system}:${account}  ${reason}`),
    ]),
    ...(decisions.length > 0 ? ["", "Decisions:", ...decisions.map(describeDecision)] : []),
    ...describePending(pending),
  ];
}

export function describeDecided(view: PeopleView): string[] {
  return [...view.decisions.slice(-1).map(describeDecision), ...describePending(view.pending)];
}

function describePending(pending: number): string[] {
  if (pending === 0) return [];
  return [
    `${pending} decisions are not in the frozen populations: \`tickmark population FILE --freeze\`, then draw anew.`,
  ];
}

function describeDecision({ entry, decision, withdrawn }: RecordedDecision): string {
  const { kind, by, at, reason } = decision;
  const named = ({ system, name }: Account) => `${system}:${name}`;
  const what =
    kind === "withdraw"
      ? `decision ${decision.entry} withdrawn`
      : kind === "split"
        ? `${named(decision.account)} split off`
        : `${named(decision.account)} joined with ${named(decision.with)}`;
  return `  ${entry}: ${what} by ${by} on ${at.slice(0, 10)}: ${reason}${withdrawn ? " (withdrawn)" : ""}`;
}
