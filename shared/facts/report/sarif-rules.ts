import type { Severity } from "../../model/analysis-facts.ts";
import { type DescribedRule, isLintTool, subjectOfRule, weightOfLevel } from "./rule-subject.ts";
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
 * else by its level, `warning` where nothing stands (3.27.10), and by what its rule is about (rule-subject.ts). A result
 * that is no failure (3.27.9) weighs nothing.
 */
export function severityOf(result: Result, rule: Rule | undefined, { tool }: Run): Severity {
  if (result.kind !== "" && result.kind !== "fail") return "none";
  const score = scoreIn(result.properties) ?? scoreIn(rule?.properties);
  if (score !== null) return bandOf(score);
  const level = result.level || rule?.defaultConfiguration?.level || "warning";
  const id = rule?.id || ruleIdOf(result);
  return weightOfLevel(level, subjectOfRule(tool.driver.name, describe(id, rule, result)));
}

function describe(id: string, rule: Rule | undefined, result?: Result): DescribedRule {
  const lists = (rule?.relationships ?? []).map(({ target }) => target?.toolComponent?.name ?? "");
  return {
    id,
    tags: [...tagsIn(rule?.properties), ...tagsIn(result?.properties)],
    isWeakness: scoreIn(rule?.properties) !== null || lists.some((name) => /^(?:cwe|owasp)/i.test(name)),
  };
}

function tagsIn(properties: Rule["properties"]): string[] {
  const tags: unknown = properties?.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

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

/** What a tool looks for: weaknesses where a rule of its says so, style and errors where it is known for that. */
export function sortOf({ tool }: Run): "security" | "lint" | "unknown" {
  const rules = [tool.driver, ...(tool.extensions ?? [])].flatMap((component) => component.rules ?? []);
  const { name } = tool.driver;
  // Without the id: that a lint tool has a rule for weaknesses among its own makes no analysis for security of it.
  if (rules.some((rule) => rule && subjectOfRule(name, describe("", rule)) === "security")) return "security";
  return isLintTool(name) ? "lint" : "unknown";
}
