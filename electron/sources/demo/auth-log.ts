import type { Identity } from "./directory.ts";
import { type Seconds, syslogTime, weekdayOf } from "./moments.ts";
import type { PlannedDeployment } from "./plan-deployments.ts";
import { hexOf, spread } from "./spread.ts";
import type { Story } from "./story-schema.ts";

interface LogLine {
  readonly at: Seconds;
  readonly program: string;
  readonly message: string;
}

const host = "ledger-prod-1";
const day = 86_400;
const pipelineHost = "10.20.4.11";

/**
 * The production host's auth.log, as rsyslog writes it: local time without year and zone, oldest line first. It runs
 * over the turn of the year and over the change to summer time.
 */
export function authLog(story: Story, deployments: readonly PlannedDeployment[]): string {
  const { timeZone } = story.period;
  const told = story.operations.access.flatMap(({ at, user, from, commands }, index) =>
    session(`told/${index}`, at, user, from, "pts/2", commands),
  );
  const lines = [
    ...deployments.flatMap(linesOfDeployment),
    ...linesOfOperations(story),
    ...linesOfOthers(story),
    ...told,
  ];
  return lines
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, program, message }) => `${syslogTime(at, timeZone)} ${host} ${program}: ${message}\n`)
    .join("");
}

function linesOfDeployment(deployment: PlannedDeployment): LogLine[] {
  if (deployment.environment !== "production") return [];
  const { id, startedAt, revision, actor } = deployment;
  const user = actor.bot ? "deploy" : (actor.login ?? "unknown");
  const byHand = deployment.trigger === "manual" || !actor.bot;
  const from = byHand ? laptopOf(deployment.triggeredBy ?? actor) : pipelineHost;
  return session(id, startedAt + 30, user, from, byHand ? "pts/0" : "unknown", [
    `/usr/local/sbin/ledger-switch ${revision}`,
    "/bin/systemctl restart ledger-core",
  ]);
}

/** On-call looks at the host every Monday. */
function linesOfOperations(story: Story): LogLine[] {
  const first = story.production[0]?.at ?? story.repository.startedAt;
  const last = story.production.at(-1)?.at ?? first;
  const lines: LogLine[] = [];
  for (let at = first; at < last; at += day) {
    if (weekdayOf(at, story.period.timeZone) !== 1) continue;
    const week = String(Math.floor(at / day));
    const user = spread(`ops/${week}`, 0, 1) === 0 ? "nfalderstone" : "bmerrivale";
    const from = `10.30.7.${user === "nfalderstone" ? 21 : 22}`;
    const begin = at + spread(`ops/${week}/time`, -5400, 5400);
    lines.push(...session(`ops/${week}`, begin, user, from, "pts/0", ["/bin/journalctl -u ledger-core --since -7d"]));
  }
  return lines;
}

/** Developers who look, one who tries to write and may not, and a door that somebody rattles. */
function linesOfOthers(story: Story): LogLine[] {
  const at = (id: string, after: number) => (story.changes.find((change) => change.id === id)?.at ?? 0) + after;
  const tried = at("limit-hotfix", 1260);
  return [
    ...session("look/1", at("csv-quotes", 5400), "tfennhagen", "10.30.7.45", "pts/1", []),
    ...session("look/2", at("fx-missing", 9300), "hwinsgate", "10.30.7.48", "pts/1", []),
    ...session("try", tried - 40, "rustam-o", "10.30.7.46", "pts/1", []),
    {
      at: tried,
      program: "sudo",
      message:
        "rustam-o : user NOT in sudoers ; TTY=pts/1 ; PWD=/home/rustam-o ; USER=root ; COMMAND=/usr/bin/vi /etc/ledger/limits.yaml",
    },
    {
      at: at("view-print", 30_000),
      program: `sshd[${pidOf("rattle")}]`,
      message: "Invalid user admin from 10.30.9.200 port 50110",
    },
  ];
}

function session(
  name: string,
  at: Seconds,
  user: string,
  from: string,
  terminal: string,
  commands: readonly string[],
): LogLine[] {
  const sshd = `sshd[${pidOf(name)}]`;
  const port = spread(`${name}/port`, 40_000, 60_000);
  const key = `ED25519 SHA256:${Buffer.from(hexOf(`key/${user}`, 64), "hex")
    .toString("base64")
    .replace(/=+$/, "")}`;
  return [
    { at, program: sshd, message: `Accepted publickey for ${user} from ${from} port ${port} ssh2: ${key}` },
    { at, program: sshd, message: `pam_unix(sshd:session): session opened for user ${user} by (uid=0)` },
    ...commands.map((command, index) => ({
      at: at + 8 + index * 11,
      program: "sudo",
      message: `${user.padStart(8)} : TTY=${terminal} ; PWD=/home/${user} ; USER=root ; COMMAND=${command}`,
    })),
    { at: at + 95, program: sshd, message: `pam_unix(sshd:session): session closed for user ${user}` },
  ];
}

function laptopOf(identity: Identity): string {
  return `10.30.7.${100 + spread(`laptop/${identity.person}`, 0, 99)}`;
}

function pidOf(name: string): number {
  return spread(`${name}/pid`, 1200, 31_000);
}
