/** One simple command of a command line: its words, quotes taken off. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Files that its output is sent to; not those that are no file (`/dev/null`, `&1`). */
  readonly writesTo: readonly string[];
}

export interface ShellReading {
  readonly commands: readonly ShellCommand[];
  /** Command lines that are run inside of others: `$(…)` and backquotes. */
  readonly inner: readonly string[];
  /** Quotes or brackets that do not close, and constructs that are not read: what is meant is not known. */
  readonly isUnclear: boolean;
}

const sinks = /^(?:\/dev\/(?:null|stdout|stderr|tty)|&\d+|&-|\d+-?)$/;

/**
 * Reads a command line as a POSIX shell does (IEEE Std 1003.1, section 2), as far as is needed to tell which commands it
 * runs. A line that was logged may never have met a shell: sudo logs the words that it was given. Reading them as a
 * shell would can find more commands than there were, never fewer.
 */
export function readCommandLine(line: string): ShellReading {
  const reading = new LineReading(line);
  reading.run();
  return { commands: reading.commands, inner: reading.inner, isUnclear: reading.isUnclear };
}

class LineReading {
  readonly commands: ShellCommand[] = [];
  readonly inner: string[] = [];
  isUnclear = false;
  readonly #line: string;
  #at = 0;
  #words: string[] = [];
  #writesTo: string[] = [];
  /** The word being read; null between words. */
  #word: string | null = null;
  /** The next word is where output goes, or input comes from. */
  #redirect: "out" | "in" | null = null;

  constructor(line: string) {
    this.#line = line;
  }

  run(): void {
    while (this.#at < this.#line.length) this.#step(this.#line[this.#at] ?? "");
    this.#endCommand();
  }

  #step(char: string): void {
    const next = this.#line[this.#at + 1] ?? "";
    if (char === "\\") this.#take(next, 2);
    else if (char === "'" || char === '"') this.#quoted(char);
    else if (char === "`") this.#substitution("`", 1);
    else if (char === "$" && next === "(") this.#substitution(")", 2);
    else if ((char === ">" || char === "<") && next === "(") this.#unclear(2);
    else if (char === ">" || char === "<") this.#redirection(char);
    else if (char === "&" && next === ">") this.#outputAndErrors();
    else if (char === ";" || char === "|" || char === "&" || char === "\n" || char === "(" || char === ")") {
      this.#endCommand();
      this.#at += 1;
    } else if (char === " " || char === "\t" || char === "\r") {
      this.#endWord();
      this.#at += 1;
    } else this.#take(char, 1);
  }

  #take(text: string, length: number): void {
    this.#word = (this.#word ?? "") + text;
    this.#at += length;
  }

  /** `&>` sends output and errors to a file. */
  #outputAndErrors(): void {
    this.#endWord();
    this.#at += 1;
  }

  #unclear(length: number): void {
    this.isUnclear = true;
    this.#at += length;
  }

  #quoted(quote: string): void {
    this.#word ??= "";
    for (this.#at += 1; this.#at < this.#line.length; ) {
      const char = this.#line[this.#at] ?? "";
      if (char === quote) {
        this.#at += 1;
        return;
      }
      if (quote === '"' && char === "\\") this.#take(this.#line[this.#at + 1] ?? "", 2);
      else if (quote === '"' && char === "`") this.#substitution("`", 1);
      else if (quote === '"' && char === "$" && this.#line[this.#at + 1] === "(") this.#substitution(")", 2);
      else this.#take(char, 1);
    }
    this.isUnclear = true;
  }

  #substitution(close: string, length: number): void {
    this.#word = `${this.#word ?? ""}$`;
    const from = this.#at + length;
    let depth = 1;
    for (let at = from; at < this.#line.length; at += 1) {
      const char = this.#line[at];
      if (char === close) depth -= 1;
      else if (close === ")" && char === "(") depth += 1;
      if (depth > 0) continue;
      this.inner.push(this.#line.slice(from, at));
      this.#at = at + 1;
      return;
    }
    this.inner.push(this.#line.slice(from));
    this.isUnclear = true;
    this.#at = this.#line.length;
  }

  #redirection(char: string): void {
    // `2>` names a descriptor, which is no word of the command.
    if (this.#word !== null && /^\d+$/.test(this.#word)) this.#word = null;
    this.#endWord();
    const rest = this.#line.slice(this.#at);
    const operator = /^(?:>>|>\||>&|<<-|<<<|<<|<&|<>|>|<)/.exec(rest)?.[0] ?? char;
    this.#at += operator.length;
    this.#redirect = operator.startsWith(">") || operator === "<>" ? "out" : "in";
    if (operator === ">&") this.#word = "&";
    // What follows a here-document is its text, and no command.
    if (operator.startsWith("<<") && operator !== "<<<") this.isUnclear = true;
  }

  #endWord(): void {
    const word = this.#word;
    if (word === null) return;
    this.#word = null;
    if (this.#redirect === "out" && !sinks.test(word)) this.#writesTo.push(word);
    if (this.#redirect === null) this.#words.push(word);
    this.#redirect = null;
  }

  #endCommand(): void {
    this.#endWord();
    // A redirection without a target goes somewhere that is not seen.
    if (this.#redirect === "out") this.#writesTo.push("");
    this.#redirect = null;
    if (this.#words.length > 0 || this.#writesTo.length > 0) {
      this.commands.push({ words: this.#words, writesTo: this.#writesTo });
    }
    this.#words = [];
    this.#writesTo = [];
  }
}
