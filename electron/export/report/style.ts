import type { Outcome } from "../../../shared/model/result.ts";
import { showInline } from "../viewer/page/visible-text.js";
import type { Span } from "./text-runs.ts";

/** Quiet: one ink, one grey, one accent; the four outcomes have a colour and a sign of their own. */
export const colors = {
  ink: "#1b1f24",
  muted: "#5b6470",
  rule: "#d5d9e0",
  strongRule: "#8b94a1",
  accent: "#1d4f91",
  ground: "#f4f6f8",
} as const;

export const outcomeColors: Readonly<Record<Outcome, string>> = {
  "pass": "#1a7f37",
  "fail": "#b42318",
  "no-evidence": "#8a5a00",
  "not-applicable": "#5b6470",
};

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  "pass": "pass",
  "fail": "fail",
  "no-evidence": "no evidence",
  "not-applicable": "not applicable",
};

/** Points. */
export const sizes = { title: 22, section: 14, block: 10.5, body: 8.5, small: 7.5, mono: 7 } as const;

/** From one baseline to the next, times the size. */
export const leading = 1.36;

type Options = Partial<Omit<Span, "text">>;

/** Running text. Everything from outside goes through here or `mono`, so that hidden characters are seen. */
export function text(content: string, options: Options = {}): Span {
  return { text: showInline(content), face: "text", size: sizes.body, color: colors.ink, ...options };
}

export function strong(content: string, options: Options = {}): Span {
  return text(content, { face: "strong", ...options });
}

export function muted(content: string, options: Options = {}): Span {
  return text(content, { color: colors.muted, ...options });
}

/** Ids, digests, rules and commands. */
export function mono(content: string, options: Options = {}): Span {
  return text(content, { face: "mono", size: sizes.mono, ...options });
}

/** What parts two spans: `text` drops the spaces at its ends. */
export function space(options: Partial<Span> = {}): Span {
  return { text: " ", face: "text", size: sizes.body, color: colors.ink, ...options };
}

/** The spans with a space between each two. */
export function spaced(...spans: readonly Span[]): Span[] {
  return spans.flatMap((span, index) => (index === 0 ? [span] : [space({ size: span.size }), span]));
}
