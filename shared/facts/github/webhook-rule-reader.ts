import { z } from "zod";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { Text, Time } from "../code-host/host-shapes.ts";

const Delivery = z.object({
  action: z.string(),
  sender: z.object({ login: z.string() }).nullish(),
  rule: z.object({
    name: z.string(),
    updated_at: Time,
    required_approving_review_count: z.number().int().nonnegative().optional(),
    pull_request_reviews_enforcement_level: Text,
    dismiss_stale_reviews_on_push: z.boolean().optional(),
    admin_enforced: z.boolean().optional(),
    required_status_checks: z.array(z.string()).optional(),
    allow_force_pushes_enforcement_level: Text,
  }),
});

/** A change of a branch's protection: from its time on, with who made it. */
export const ruleEventReader: HostElementReader = ({ repository }) =>
  shaped(Delivery, ({ action, sender, rule }, _element, origin) => [
    {
      kind: "branch-protection",
      origin,
      repository,
      branch: rule.name,
      at: rule.updated_at,
      enabled: action !== "deleted",
      requiredApprovals:
        rule.pull_request_reviews_enforcement_level === "off" ? 0 : (rule.required_approving_review_count ?? 0),
      dismissesStaleApprovals: rule.dismiss_stale_reviews_on_push ?? null,
      bindsAdministrators: rule.admin_enforced ?? null,
      requiredChecks: rule.required_status_checks ?? [],
      allowsForcePush:
        rule.allow_force_pushes_enforcement_level === "" ? null : rule.allow_force_pushes_enforcement_level !== "off",
      by: sender?.login ?? "",
    },
  ]);
