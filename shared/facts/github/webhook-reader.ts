import { z } from "zod";
import type { Fact, Unread } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import { decodeUtf8 } from "../../model/text.ts";
import type { HostContext } from "../code-host/host-pages.ts";
import { Text } from "../code-host/host-shapes.ts";
import { type FormatReader, repositoryOf } from "../format-reader.ts";
import { type ElementReader, isUnreadable, originOf, unreadWhole } from "../json-evidence.ts";
import { alertReader } from "./alert-reader.ts";
import { jobReader, runReader } from "./build-reader.ts";
import { checkRunReader, statusReader } from "./check-reader.ts";
import { deploymentReader, deploymentStatusReader } from "./deployment-reader.ts";
import { pullReader } from "./pull-reader.ts";
import { reviewReader } from "./review-reader.ts";
import { pullEventReader } from "./webhook-pull-reader.ts";
import { ruleEventReader } from "./webhook-rule-reader.ts";

const Body = z.record(z.string(), z.unknown());
const Envelope = z.object({ payload: Body });
const Pull = z.object({ number: z.number().int().positive() });

/**
 * Deliveries of webhooks, one a line: the body, or an envelope with the body as `payload`. A delivery says what happened
 * when it was sent, with GitHub's times. Deliveries get lost, so a file of them never vouches that something is whole.
 */
export const readWebhooks: FormatReader = (input, source) => {
  const text = decodeUtf8(input.bytes);
  if (text === null) return unreadWhole(input, { reason: "not UTF-8" });
  const context = { repository: repositoryOf(source), source, input, request: 0 };
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const origin = originOf(input, `line ${(input.reading?.firstLine ?? 1) + index}`);
    const read = readDelivery(line, context, origin);
    if (isUnreadable(read)) unread.push({ origin, reason: read.reason });
    else facts.push(...read);
  }
  return { facts, unread };
};

function readDelivery(line: string, context: HostContext, origin: Origin): ReturnType<ElementReader> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { reason: "not JSON" };
  }
  const body = Envelope.safeParse(json).data?.payload ?? Body.safeParse(json).data;
  if (body === undefined) return { reason: "no delivery of a webhook" };
  const facts: Fact[] = [];
  for (const [read, element] of partsOf(body, context)) {
    const found = read(element, origin);
    if (isUnreadable(found)) return found;
    facts.push(...found);
  }
  return facts;
}

/** Which part of a delivery is read how. A delivery of another kind holds no fact. */
function partsOf(body: z.infer<typeof Body>, context: HostContext): [ElementReader, unknown][] {
  const { repository } = context;
  const { pull_request: pull, review, deployment, deployment_status: status } = body;
  if (review !== undefined) {
    const number = Pull.safeParse(pull).data?.number ?? 0;
    return [
      [pullReader(repository), pull],
      [reviewReader(repository, number), withCapitals(review)],
    ];
  }
  if (pull !== undefined && body.number !== undefined) {
    return [
      [pullReader(repository), pull],
      [pullEventReader(context), body],
    ];
  }
  if (status !== undefined) {
    return [
      [deploymentReader(context), deployment],
      [deploymentStatusReader(context), status],
    ];
  }
  if (deployment !== undefined) return [[deploymentReader(context), deployment]];
  if (body.workflow_job !== undefined) return [[jobReader(repository), body.workflow_job]];
  if (body.workflow_run !== undefined) return [[runReader(repository), body.workflow_run]];
  if (body.check_run !== undefined) return [[checkRunReader(context), body.check_run]];
  if (body.alert !== undefined && "commit_oid" in body) return [[alertReader(context), body.alert]];
  if (body.rule !== undefined) return [[ruleEventReader(context), body]];
  if (body.context !== undefined && body.sha !== undefined) return [[statusReader(context), body]];
  return [];
}

/** A delivery spells a review's state in small letters, and calls a commit the same as a list does. */
function withCapitals(review: unknown): unknown {
  const { state } = z.object({ state: Text }).safeParse(review).data ?? { state: "" };
  return typeof review === "object" ? { ...review, state: state.toUpperCase() } : review;
}
