import type { z } from "zod";
import type { Fact, ReadFacts } from "../../model/facts.ts";
import { List } from "../code-host/host-shapes.ts";
import { type FormatReader, repositoryOf } from "../format-reader.ts";
import { originOf, parseShape, readJson, unreadWhole } from "../json-evidence.ts";
import { RestrictionShape } from "./bitbucket-shapes.ts";

type Restriction = z.infer<typeof RestrictionShape>;

/** Branch restrictions, one a kind and a pattern; all of one pattern make one protection. */
export const readRestrictions: FormatReader = (input, source) =>
  readJson((evidence, json): ReadFacts => {
    const values = parseShape(List, (json as { values?: unknown } | null)?.values);
    if ("reason" in values) return unreadWhole(evidence, values);
    if (input.receivedAt === undefined) return unreadWhole(evidence, { reason: "it says no time of its own" });
    const byPattern = new Map<string, Restriction[]>();
    const unread: ReadFacts["unread"][number][] = [];
    for (const [index, element] of values.data.entries()) {
      const parsed = parseShape(RestrictionShape, element);
      if ("reason" in parsed) {
        unread.push({ origin: originOf(evidence, `/values/${index}`), reason: parsed.reason });
        continue;
      }
      const branch = parsed.data.pattern || parsed.data.branch_type;
      byPattern.set(branch, [...(byPattern.get(branch) ?? []), parsed.data]);
    }
    const at = input.receivedAt;
    const facts = [...byPattern].map(([branch, restrictions]): Fact => {
      const has = (kind: string) => restrictions.some((restriction) => restriction.kind === kind);
      const value = (kind: string) => restrictions.find((restriction) => restriction.kind === kind)?.value ?? 0;
      return {
        kind: "branch-protection",
        origin: originOf(evidence, "/values"),
        repository: repositoryOf(source),
        branch,
        at,
        enabled: true,
        requiredApprovals: value("require_approvals_to_merge"),
        dismissesStaleApprovals: has("reset_pullrequest_approvals_on_change"),
        bindsAdministrators: null,
        requiredChecks: has("require_passing_builds_to_merge") ? ["passing builds"] : [],
        allowsForcePush: !has("force"),
        by: "",
      };
    });
    return { facts, unread };
  })(input, source);
