import type { AccessEvent } from "../../model/production-facts.ts";
import { commandWrites } from "./command-effect.ts";

/** What a message of a login program says, without when and where. */
export type AccessContent = Pick<AccessEvent, "by" | "as" | "action" | "what" | "writes" | "from">;

/**
 * Reads a message of sshd, sudo, su, login, pkexec, doas or of the tools that change accounts, as Debian's and Red Hat's
 * packages write them; null for every other message.
 *
 * @param program as the log names it, without its process id
 */
export function readAccessMessage(program: string, message: string): AccessContent | null {
  const repeated = /^message repeated (\d+) times: \[ ?(.*?)\]$/.exec(message);
  const text = repeated?.[2] ?? message;
  const read = readerOf(program)?.(text.trim()) ?? null;
  return read === null || repeated === null ? read : { ...read, what: `${read.what} (${repeated[1]} times)` };
}

function readerOf(program: string): ((message: string) => AccessContent | null) | undefined {
  if (/^sshd(?:-session|-auth)?$/.test(program)) return readSshd;
  if (
    /^(?:useradd|userdel|usermod|groupadd|groupdel|groupmod|gpasswd|chage|chsh|chfn|passwd|chpasswd)$/.test(program)
  ) {
    return (message) => readAccountChange(program, message);
  }
  return { sudo: readSudo, su: readSu, login: readLogin, pkexec: readPkexec, doas: readDoas }[program];
}

const nobody = { as: "", from: "" } as const;

function readSshd(message: string): AccessContent | null {
  const [, method = "", user, from = ""] = /^Accepted (\S+) for (.+?) from (\S+) port \d+/.exec(message) ?? [];
  if (user !== undefined) return { ...nobody, by: user, action: "login", what: `ssh, ${method}`, writes: false, from };
  const failed = /^Failed (\S+) for (?:invalid user )?(.*?) from (\S+) port \d+/.exec(message);
  if (failed) return refused(failed[2], `ssh, ${failed[1] ?? ""}`, failed[3]);
  const invalid = /^(?:Invalid|Illegal) user (.*?) from (\S+)/.exec(message);
  if (invalid) return refused(invalid[1], "ssh, no such user", invalid[2]);
  const [, left] = /^pam_unix\(sshd:session\): session closed for user (\S+)/.exec(message) ?? [];
  return left === undefined ? null : { ...nobody, by: left, action: "logout", what: "ssh", writes: false };
}

function refused(by = "", what = "", from = ""): AccessContent {
  return { as: "", by, action: "login-refused", what, writes: false, from };
}

/** `ada : TTY=pts/0 ; PWD=/home/ada ; USER=root ; COMMAND=/bin/ls -l`, with reasons of a refusal in front of the fields. */
function readSudo(message: string): AccessContent | null {
  const [, by, rest = ""] = /^(\S+) : (.*)$/s.exec(message) ?? [];
  if (by === undefined) return null;
  const continued = /^\(command continued\) (.*)$/s.exec(rest)?.[1];
  if (continued !== undefined) {
    // The end of a long command line, whose beginning is in the line before: it alone never shows that nothing was written.
    const writes = commandWrites(continued) === true ? true : null;
    return { ...nobody, by, action: "command", what: `… ${continued}`, writes };
  }
  const [, head = "", command] = /^(.*?)(?:^|; ?)COMMAND=(.*)$/s.exec(rest) ?? [];
  if (command === undefined) return null;
  const fields = head.split(" ; ").map((field) => field.trim());
  const isRefused = !/^(?:TTY|PWD|CWD|HOST|GROUP|USER|ENV|TSID|CHROOT)=/.test(fields[0] ?? "");
  const as = fields.find((field) => field.startsWith("USER="))?.slice("USER=".length) ?? "";
  return {
    by,
    as: as.replace(/ ?;$/, ""),
    action: isRefused ? "command-refused" : "command",
    what: command,
    writes: commandWrites(command),
    from: "",
  };
}

/** Debian: `(to root) ada on pts/0`; older: `Successful su for root by ada`. What is then typed is not logged. */
function readSu(message: string): AccessContent | null {
  const written = /^(FAILED SU )?\(to (\S+)\) (\S+) on (\S+)/.exec(message);
  if (written) return suEvent(written[3], written[2], written[1] !== undefined);
  const older = /^(Successful|FAILED) su for (\S+) by (\S+)/.exec(message);
  return older ? suEvent(older[3], older[2], older[1] === "FAILED") : null;
}

function suEvent(by = "", as = "", isRefused = false): AccessContent {
  return { by, as, action: isRefused ? "command-refused" : "command", what: "su", writes: null, from: "" };
}

function readLogin(message: string): AccessContent | null {
  const [, tty = "", by] = /^(?:ROOT )?LOGIN ON (\S+)(?: BY (\S+))?/.exec(message) ?? [];
  if (message.startsWith("ROOT LOGIN")) {
    const at = /^ROOT LOGIN\s+(?:\(.*?\) )?ON '?([^\s']+)/i.exec(message)?.[1] ?? tty;
    return { ...nobody, by: "root", action: "login", what: `console ${at}`.trim(), writes: false };
  }
  if (by !== undefined) return { ...nobody, by, action: "login", what: `console ${tty}`, writes: false };
  const failed = /^FAILED LOGIN \(\d+\) (?:on|ON) '?([^\s']+)'? (?:FOR|for) '?([^\s',]+)/.exec(message);
  return failed ? refused(failed[2], `console ${failed[1] ?? ""}`) : null;
}

function readPkexec(message: string): AccessContent | null {
  const [, by, fields = ""] = /^(\S+): Executing command (\[.*)$/s.exec(message) ?? [];
  const [, command] = /\[COMMAND=(.*)\]$/s.exec(fields) ?? [];
  if (by === undefined || command === undefined) return null;
  const as = /\[USER=([^\]]*)\]/.exec(fields)?.[1] ?? "";
  return { ...nobody, by, as, action: "command", what: command, writes: commandWrites(command) };
}

function readDoas(message: string): AccessContent | null {
  const ran = /^(?:(\S+) ran command|command not permitted for (\S+):) (.*?)(?: as (\S+) from (?:\S+))?$/s.exec(
    message,
  );
  if (!ran) return null;
  const [, by, denied, what = "", as = ""] = ran;
  const action = by === undefined ? "command-refused" : "command";
  return { ...nobody, by: by ?? denied ?? "", as, action, what, writes: commandWrites(what) };
}

/** The tools do not say who called them; sudo's line before theirs does. */
function readAccountChange(program: string, message: string): AccessContent | null {
  const isChange =
    /^(?:new (?:user|group)|add |added |delete |deleted |remove|removed |change|changed |lock |unlock |user |group |members |failed adding)/.test(
      message,
    ) || /password changed for /.test(message);
  if (!isChange) return null;
  return { ...nobody, by: "", action: "account-change", what: `${program}: ${message}`, writes: true };
}
