import type { z } from "zod";
import type { Fact, ReadFacts, Unread } from "../../model/facts.ts";
import { type HostElementReader, noTime, receivedAt, shaped } from "../code-host/host-pages.ts";
import { type FormatReader, repositoryOf } from "../format-reader.ts";
import { originOf, parseShape, readJson, unreadWhole } from "../json-evidence.ts";
import { BranchShape, List, ProtectionShape, RuleShape } from "./github-shapes.ts";

const open = {
  requiredApprovals: 0,
  dismissesStaleApprovals: null,
  bindsAdministrators: null,
  requiredChecks: [],
  allowsForcePush: null,
  by: "",
};

/**
 * Whether a branch is protected at all, which anybody who can read it may ask. That it is says nothing of how: only
 * "not" is read here, so that settings that the token may not see are never taken for none.
 */
export const branchReader: HostElementReader = (context) =>
  shaped(BranchShape, (branch, _element, origin) => {
    const at = receivedAt(context);
    if (at === null) return noTime;
    if (branch.protected) return [];
    const { repository } = context;
    return [{ kind: "branch-protection", origin, repository, branch: branch.name, at, enabled: false, ...open }];
  });

/** The classic settings of a branch. */
export const protectionReader: HostElementReader = (context) =>
  shaped(ProtectionShape, (protection, _element, origin) => {
    const at = receivedAt(context);
    const branch = branchIn(context.input.locator);
    if (at === null) return noTime;
    if (branch === "") return { reason: "the name of the record does not say which branch this is" };
    const { required_pull_request_reviews: reviews, required_status_checks: checks } = protection;
    return [
      {
        kind: "branch-protection",
        origin,
        repository: context.repository,
        branch,
        at,
        enabled: true,
        requiredApprovals: reviews?.required_approving_review_count ?? 0,
        dismissesStaleApprovals: reviews?.dismiss_stale_reviews ?? false,
        bindsAdministrators: protection.enforce_admins?.enabled ?? null,
        requiredChecks: checks?.contexts ?? checks?.checks?.map(({ context: name }) => name) ?? [],
        allowsForcePush: protection.allow_force_pushes?.enabled ?? null,
        by: "",
      },
    ];
  });

/** The rules in force on a branch, of all rulesets; together they are one protection. Who may pass them is not told. */
export const readBranchRules: FormatReader = (input, source) =>
  readJson((evidence, json): ReadFacts => {
    const list = parseShape(List, json);
    if ("reason" in list) return unreadWhole(evidence, list);
    if (input.receivedAt === undefined) return unreadWhole(evidence, noTime);
    const rules: z.infer<typeof RuleShape>[] = [];
    const unread: Unread[] = [];
    for (const [index, element] of list.data.entries()) {
      const parsed = parseShape(RuleShape, element);
      if ("reason" in parsed) unread.push({ origin: originOf(evidence, `/${index}`), reason: parsed.reason });
      else rules.push(parsed.data);
    }
    if (rules.length === 0) return { facts: [], unread };
    const parametersOf = (type: string) =>
      rules.filter((rule) => rule.type === type).map(({ parameters }) => parameters);
    const reviews = parametersOf("pull_request");
    const fact: Fact = {
      kind: "branch-protection",
      origin: originOf(evidence, ""),
      repository: repositoryOf(source),
      branch: branchIn(input.locator),
      at: input.receivedAt,
      enabled: true,
      requiredApprovals: Math.max(0, ...reviews.map((rule) => rule?.required_approving_review_count ?? 0)),
      dismissesStaleApprovals: reviews.some((rule) => rule?.dismiss_stale_reviews_on_push === true),
      bindsAdministrators: null,
      requiredChecks: parametersOf("required_status_checks").flatMap(
        (rule) => rule?.required_status_checks?.map(({ context }) => context) ?? [],
      ),
      allowsForcePush: rules.every(({ type }) => type !== "non_fast_forward"),
      by: "",
    };
    return { facts: [fact], unread };
  })(input, source);

function branchIn(locator: string): string {
  const [path = ""] = locator.split("?", 1);
  const match = /\/branches\/(.+?)(?:\/protection)?$/.exec(path);
  return match === null ? "" : decode(match[1] ?? "");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
