import { RE2JS, RE2JSException } from "re2js";

/**
 * What `matches` takes: regular expressions of RE2, as the CEL specification has it (Standard definitions, `matches`). A
 * catalog may come from anybody, and RE2 reads a text once, whatever the pattern: there is no going back and trying again.
 */
export interface RulePattern {
  /** Why the pattern cannot be used; null when it can. */
  readonly fault: string | null;
  /** Instructions of its program: what it took to make it, and more or less what it may take for each character. */
  readonly size: number;
  /** Whether it fits somewhere in the text. */
  fits(text: string): boolean;
}

/** Far more than people write; repetitions (`{1000}`) can make a short pattern a large program. */
const longestPattern = 1_000;
const largestProgram = 5_000;

const kept = new Map<string, RulePattern>();
/** Rules can make patterns of what items hold; those of a hostile catalog must not fill the memory. */
const mostKept = 200;

export function readPattern(text: string): RulePattern {
  const known = kept.get(text);
  if (known) return known;
  const pattern = compile(text);
  const [oldest] = kept.size >= mostKept ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(text, pattern);
  return pattern;
}

function compile(text: string): RulePattern {
  if (text.length > longestPattern) return refuse(`a pattern has at most ${longestPattern} characters`, 1);
  try {
    const expression = RE2JS.compile(text);
    const size = expression.programSize();
    if (size > largestProgram) return refuse(`the pattern ${quote(text)} repeats too much`, size);
    return { fault: null, size, fits: (input) => expression.test(input) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const what = error.message.replace(/^error parsing regexp: /, "");
    return refuse(`the pattern ${quote(text)} is no regular expression of RE2 (${what})`, text.length);
  }
}

function refuse(fault: string, size: number): RulePattern {
  const fits = () => {
    throw new RangeError(fault);
  };
  return { fault, size, fits };
}

function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
