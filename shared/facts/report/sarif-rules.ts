import type { Severity } from "../../model/analysis-facts.ts";
import type { Component, Result, Rule, Run } from "./sarif-shapes.ts";

/** The rule that a result is of; undefined where the log does not describe it. */
export function ruleOf(result: Result, { tool }: Run): Rule | undefined {
  const extension = result.rule?.toolComponent?.index;
  const component = extension === undefined ? tool.driver : tool.extensions?.[extension];
  const index = result.rule?.index ?? result.ruleIndex;
  const indexed = index === undefined || index < 0 ? null : component?.rules?.[index];
  if (indexed) return indexed;
  const id = ruleIdOf(result);
  // 3.27.5: "CA1000/1" is rule CA1000, in a form of its own.
  const ids = [id, id.replace(/\/[^/]*$/, "")];
  const components: Component[] = [tool.driver, ...(tool.extensions ?? [])];
  return (
    components.flatMap(({ rules }) => rules ?? []).find((rule) => rule !== null && ids.includes(rule.id)) ?? undefined
  );
}

export function ruleIdOf({ ruleId, rule }: Result): string {
  return ruleId || rule?.id || "";
}

/**
 * The weight of a result: by the score from 0 to 10 that tools for security give it or its rule, in the bands of CVSS 3,
 * else by its level: `error` is high, `warning`, which is also what stands where nothing does (3.27.10), is medium. A
 * result that is no failure (3.27.9) weighs nothing.
 */
export function severityOf(result: Result, rule: Rule | undefined): Severity {
  if (result.kind !== "" && result.kind !== "fail") return "none";
  const score = scoreIn(result.properties) ?? scoreIn(rule?.properties);
  if (score !== null) return bandOf(score);
  return byLevel.get(result.level || rule?.defaultConfiguration?.level || "warning") ?? "unknown";
}

const byLevel = new Map<string, Severity>([
  ["error", "high"],
  ["warning", "medium"],
  ["note", "note"],
  ["none", "none"],
]);

function scoreIn(properties: Rule["properties"]): number | null {
  const written = properties?.["security-severity"];
  const score = typeof written === "string" && written.trim() !== "" ? Number(written) : written;
  return typeof score === "number" && score >= 0 && score <= 10 ? score : null;
}

function bandOf(score: number): Severity {
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "none";
}

const lintTools =
  /^(eslint|rubocop|cookstyle|puppet-lint|pylint|ruff|flake8|stylelint|golangci-lint|shellcheck|biome|oxlint|checkstyle|ktlint|hadolint|ansible-lint|tflint)$/i;

/** What a tool looks for: weaknesses where a rule of its says so, style and errors where it is known for that. */
export function sortOf({ tool }: Run): "security" | "lint" | "unknown" {
  const rules = [tool.driver, ...(tool.extensions ?? [])].flatMap((component) => component.rules ?? []);
  const isSecurity = rules.some((rule) => {
    const tags = rule?.properties?.tags;
    return scoreIn(rule?.properties) !== null || (Array.isArray(tags) && tags.includes("security"));
  });
  if (isSecurity) return "security";
  return lintTools.test(tool.driver.name) ? "lint" : "unknown";
}
