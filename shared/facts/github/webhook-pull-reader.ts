import { z } from "zod";
import type { FactOf } from "../../model/facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { Id, Text, Time } from "../code-host/host-shapes.ts";

const Delivery = z.object({
  action: z.string(),
  number: Id,
  before: Text,
  after: Text,
  sender: z.object({ login: z.string() }).nullish(),
  pull_request: z.object({
    updated_at: Time,
    merged: z.boolean().nullish(),
    merge_commit_sha: Text,
  }),
  changes: z.object({ base: z.object({ ref: z.object({ from: Text }) }).optional() }).optional(),
  requested_reviewer: z.object({ login: z.string() }).nullish(),
});

const actions = new Map<string, FactOf<"request-event">["event"]>([
  ["synchronize", "pushed"],
  ["review_requested", "review-requested"],
  ["closed", "closed"],
  ["reopened", "reopened"],
]);

/** What a delivery about a pull request says has happened to it. */
export const pullEventReader: HostElementReader = ({ repository }) =>
  shaped(Delivery, (delivery, _element, origin) => {
    const { action, pull_request: pull, changes } = delivery;
    const merged = action === "closed" && pull.merged === true;
    const retargeted = changes?.base !== undefined;
    return [
      {
        kind: "request-event",
        origin,
        repository,
        request: delivery.number,
        id: `${action} ${pull.updated_at}`,
        event: merged ? "merged" : retargeted ? "retargeted" : (actions.get(action) ?? "other"),
        word: action,
        at: pull.updated_at,
        by: delivery.sender?.login ?? "",
        commit: merged ? pull.merge_commit_sha : delivery.after,
        previousCommit: delivery.before,
        text: delivery.requested_reviewer?.login ?? changes?.base?.ref.from ?? "",
      },
    ];
  });
