/** A kind of secret that can be told by its looks. */
export interface SecretPattern {
  /** As the log names it. */
  readonly kind: string;
  /** With the flag `g`. What is before the secret is in the group `before`, and stays. */
  readonly pattern: RegExp;
}

/** Values that stand where a secret would, and are none. */
const placeholder =
  "(?!\\*{3}|\\$\\{|\\$\\(|\\{\\{|<|%|\\[|null\\b|true\\b|false\\b|none\\b|undefined\\b|redacted|x{4}|changeme|example)";
const quote = `(?:\\\\?["'])?`;

/**
 * Credentials by the forms that their issuers gave them, and passwords by the names that stand before them. Only what a person would call
 * a secret at sight: a wrong find takes a record's bytes out of what can be checked again.
 */
export const secretPatterns: readonly SecretPattern[] = [
  // Also within JSON, where line ends are written \n.
  {
    kind: "private-key",
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]{16,20000}?-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  { kind: "github-token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})/g },
  { kind: "gitlab-token", pattern: /\bgl(?:pat|ptt|dt|rt|cbt|soat)-[A-Za-z0-9_-]{20,}/g },
  { kind: "aws-access-key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  {
    kind: "aws-secret-key",
    pattern: new RegExp(`(?<before>aws_secret_access_key${quote}\\s*[:=]\\s*${quote})[A-Za-z0-9/+]{40}\\b`, "gi"),
  },
  { kind: "slack-token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  { kind: "google-key", pattern: /\bAIza[A-Za-z0-9_-]{35}/g },
  { kind: "stripe-key", pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}/g },
  { kind: "npm-token", pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: "pypi-token", pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,}/g },
  { kind: "atlassian-token", pattern: /\bATATT3[A-Za-z0-9_=-]{60,}/g },
  { kind: "json-web-token", pattern: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}/g },
  {
    kind: "password-in-address",
    pattern: /(?<before>\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'\\<>]{1,100}:)[^\s/@"'\\<>]{1,200}(?=@)/gi,
  },
  {
    kind: "authorization-header",
    pattern: new RegExp(
      `(?<before>authorization${quote}\\s*[:=]\\s*${quote}(?:basic|bearer|token)\\s+)${placeholder}[A-Za-z0-9._~+/=-]{8,}`,
      "gi",
    ),
  },
  {
    kind: "password",
    pattern: new RegExp(
      `(?<before>(?<![A-Za-z])(?:[a-z0-9]+[_-])*(?:password|passwd|passphrase|api[_-]?key|client[_-]?secret|access[_-]?token|auth[_-]?token)${quote}\\s*[:=]\\s*${quote})${placeholder}[^\\s"'\\\\,;&<>]{8,200}`,
      "gi",
    ),
  },
];

/** Something of each pattern that is soon looked for. Most records hold none of it, and gigabytes are looked through. */
const hints: readonly RegExp[] = [
  /PRIVATE KEY|gh[pousr]_|github_pat_|gl(?:pat|ptt|dt|rt|cbt|soat)-|A[KS]IA[A-Z0-9]{4}|xox[a-z]-|AIza|k_live_|npm_|pypi-|ATATT3|eyJ/,
  /passw|passphrase|api[_-]?key|client[_-]?secret|(?:access|auth)[_-]?token|secret_access|authorization/i,
  /:\/\/[^\s:/@"'\\<>]{1,100}:[^\s/@"'\\<>]{1,200}@/,
];

/** Whether a pattern fits anywhere. */
export function holdsSecret(text: string): boolean {
  return mayHoldSecret(text) && secretPatterns.some(({ pattern }) => text.search(pattern) >= 0);
}

/**
 * Characters that are looked at again with those behind them, where a text comes in pieces: every private key and token
 * in use is shorter, and of a longer one what stands in front of its end fits as well.
 */
export const secretOverlap = 1 << 16;

/** False only where no pattern fits. */
export function mayHoldSecret(text: string): boolean {
  return hints.some((hint) => hint.test(text));
}
