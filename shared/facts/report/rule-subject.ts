import type { Severity } from "../../model/analysis-facts.ts";

/** What a rule looks for: weaknesses, style and plain errors, or that cannot be told. */
export type RuleSubject = "security" | "style" | "unknown";

/** What a report says of a rule. */
export interface DescribedRule {
  readonly id: string;
  readonly tags: readonly string[];
  /** It has a score or level for security, or is related to a list of weaknesses (CWE, OWASP). */
  readonly isWeakness: boolean;
}

/** Tools that look for style and errors, whose `error` says that the build fails and not that anything is unsafe. */
const lintTools =
  /^(eslint|rubocop|cookstyle|puppet-lint|pylint|ruff|flake8|stylelint|golangci-lint|shellcheck|biome|oxlint|checkstyle|ktlint|hadolint|ansible-lint|tflint)$/i;

export function isLintTool(tool: string): boolean {
  return lintTools.test(tool);
}

/** Tools that look for weaknesses and, as they come, for nothing else. */
const securityTools =
  /^(codeql|bandit|brakeman|gosec|njsscan|mobsfscan|flawfinder|devskim|security code scan|snyk ?code)$/i;

/** What a tool looks for by its name alone, where nothing is told of its rules. */
export function sortOfTool(tool: string): "security" | "lint" | "unknown" {
  if (securityTools.test(tool)) return "security";
  return isLintTool(tool) ? "lint" : "unknown";
}

/** Rules for weaknesses that lint tools know by their ids: plugins of ESLint, RuboCop's department, Bandit's in ruff and flake8, gosec's. */
const weaknessIds = /^(?:security|no-unsanitized|no-secrets|xss)\/|^(?:S|G)\d{3}$|^gosec\b/i;
const weaknessTags = /^security$|(?:^|[/: ])(?:cwe|owasp)\b/i;

/**
 * Tells a rule for weaknesses from one for style. A tool that is not known, with a rule that says nothing of itself, is
 * neither: then its word for the weight is taken at its face value, since a weakness must not pass for style.
 */
export function subjectOfRule(tool: string, rule: DescribedRule | undefined): RuleSubject {
  if (rule && (rule.isWeakness || weaknessIds.test(rule.id) || rule.tags.some((tag) => weaknessTags.test(tag)))) {
    return "security";
  }
  // A rule that says what it is about and does not name security is about something else.
  return isLintTool(tool) || (rule !== undefined && rule.tags.length > 0) ? "style" : "unknown";
}

/**
 * The weight of a finding by the level that SARIF 2.1.0 (3.27.10) and hosts give it: `error`, `warning`, `note`, `none`.
 * The standard's error is "a serious problem was found" by the tool's own measure; an unused variable can be one. So an
 * error about style weighs as much as puppet-lint's and RuboCop's do, and only of others it is high.
 */
export function weightOfLevel(level: string, subject: RuleSubject): Severity {
  if (level === "error") return subject === "style" ? "medium" : "high";
  if (level === "warning") return subject === "style" ? "low" : "medium";
  return level === "note" || level === "none" ? level : "unknown";
}
