import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import { type Instant, instantOf } from "../../../shared/model/instant.ts";
import { earlier } from "../audit-window.ts";
import type { KeptAnswer } from "../pull-steps.ts";
import type { JsonAnswer } from "./attempt.ts";
import { keptHeaders } from "./earlier-answer.ts";

/** @param rows how many items the answer lists, where it is a list */
export function keepAnswer(answer: JsonAnswer, format: EvidenceFormat, now: Instant, rows?: number): KeptAnswer {
  const serverDate = answer.headers.get("date");
  const headers = keptHeaders(answer.headers);
  return {
    record: { format, locator: answer.url, bytes: answer.bytes, receivedAt: now, ...documentOf(answer) },
    request: {
      asked: `GET ${answer.url}`,
      status: answer.status,
      at: now,
      ...(serverDate === null ? {} : { serverDate }),
      bytes: answer.bytes.byteLength,
      ...(rows === undefined ? {} : { rows }),
      attempts: answer.attempts,
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      answer: answer.bytes,
    },
  };
}

/** The moment of an answer: the server's clock or ours, whichever is earlier, so that nothing is claimed too early. */
export function momentOf(answer: JsonAnswer, now: Instant): Instant {
  const date = Date.parse(answer.headers.get("date") ?? "");
  return Number.isNaN(date) ? now : earlier(instantOf(date), now);
}

function documentOf({ document, text }: JsonAnswer): { document?: unknown; text?: string } {
  return document === undefined || text === undefined ? {} : { document, text };
}
