import { ruleOf } from "./known-commands.ts";
import { readCommandLine, type ShellCommand } from "./shell-commands.ts";

/**
 * Whether a command line can change something on the system that it ran on: true when it runs a command that is known
 * to, false when it runs only commands that are known only to read, null for everything else.
 *
 * Conservative: a shell, a script, an interpreter, a program of a folder that anybody may write to, or a line that is
 * not understood is never false. What a reading program lets its user start from inside of it (a pager's `!`) is not
 * seen by any log of commands, and not here either.
 */
export function commandWrites(line: string): boolean | null {
  return effectOf(line, 0);
}

const deepest = 5;
/** Longer than any line of a log; a hostile one must not cost time. */
const longest = 64 * 1024;

function effectOf(line: string, depth: number): boolean | null {
  if (depth > deepest || line.length > longest) return null;
  const { commands, inner, isUnclear } = readCommandLine(line);
  const effects = [
    ...commands.map((command) => effectOfCommand(command, depth)),
    ...inner.map((each) => effectOf(each, depth + 1)),
    ...(isUnclear || commands.length === 0 ? [null] : []),
  ];
  return worst(effects);
}

function worst(effects: readonly (boolean | null)[]): boolean | null {
  if (effects.includes(true)) return true;
  return effects.includes(null) ? null : false;
}

function effectOfCommand({ words, writesTo }: ShellCommand, depth: number): boolean | null {
  return writesTo.length > 0 ? true : effectOfWords(words, depth);
}

/** Programs that run another one, by how many words of their own come before it besides options. */
const wrappers = new Map([
  ["env", 0],
  ["nohup", 0],
  ["time", 0],
  ["nice", 0],
  ["ionice", 0],
  ["stdbuf", 0],
  ["setsid", 0],
  ["command", 0],
  ["exec", 0],
  ["builtin", 0],
  ["xargs", 0],
  ["watch", 0],
  ["strace", 0],
  ["timeout", 1],
  ["doas", 0],
  ["sudo", 0],
]);

/** Options of wrappers that take the next word with them. */
const takesNext =
  /^(?:-[ugnICpcLPdskhRDTrtoe]|--(?:user|group|adjustment|max-args|max-procs|delimiter|signal|kill-after|interval))$/;

function effectOfWords(words: readonly string[], depth: number): boolean | null {
  if (depth > deepest) return null;
  const rest = withoutAssignments(words);
  const [program = "", ...args] = rest;
  // Variables set for nobody last as long as the shell.
  if (program === "") return words.length > 0 ? false : null;
  const name = trustedName(program);
  if (name === null) return null;
  const own = wrappers.get(name);
  if (own !== undefined) return effectOfWrapped(args, own, depth);
  if (/^(?:sh|bash|dash|zsh|ksh|fish|su|runuser|ssh)$/.test(name)) return effectOfShell(name, args, depth);
  if (name === "eval") return effectOf(args.join(" "), depth + 1);
  if (name === "find")
    return worst([ruleOf(name)?.(args) === true, ...executed(args).map((each) => effectOfWords(each, depth + 1))]);
  return ruleOf(name)?.(args) ?? null;
}

/** The name of a program that is where systems keep theirs; null for a program of another folder, and a variable. */
function trustedName(program: string): string | null {
  if (/[$*?{]/.test(program)) return null;
  if (!program.includes("/")) return program;
  return /^\/(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/.exec(program)?.[1] ?? null;
}

function withoutAssignments(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return first < 0 ? [] : words.slice(first);
}

/** Without a command of its own a wrapper gives a shell, or does nothing; which, is not told. */
function effectOfWrapped(args: readonly string[], own: number, depth: number): boolean | null {
  let at = 0;
  while (at < args.length && /^-/.test(args[at] ?? "")) {
    if (args[at] === "--") {
      at += 1;
      break;
    }
    at += takesNext.test(args[at] ?? "") ? 2 : 1;
  }
  const rest = withoutAssignments(args.slice(at)).slice(own);
  return rest.length === 0 ? null : effectOfWords(rest, depth + 1);
}

function effectOfShell(name: string, args: readonly string[], depth: number): boolean | null {
  const at = args.findIndex((arg) => /^-[a-z]*c$/.test(arg) || arg === "--command");
  const line = at < 0 ? undefined : args[at + 1];
  // Without a command it is a shell that somebody types into; a script is not seen.
  return name === "ssh" || line === undefined ? null : effectOf(line, depth + 1);
}

/** The commands that `find` runs on what it finds. */
function executed(args: readonly string[]): string[][] {
  const commands: string[][] = [];
  for (const [index, arg] of args.entries()) {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(arg)) continue;
    const rest = args.slice(index + 1);
    const end = rest.findIndex((word) => word === ";" || word === "+");
    commands.push(end < 0 ? rest : rest.slice(0, end));
  }
  return commands;
}
