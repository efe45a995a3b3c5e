import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Message = z.object({ type: z.literal("message"), ts: z.string().regex(/^\d+\.\d+$/) });
const Shape = z.tuple([Message], z.unknown());

export const slackDay: FileFormat = {
  format: "slack.day",
  system: "announcements",
  title: "One day of one channel of a Slack export (JSON)",
  recognisedBy: "messages with type message and ts",
  shape: { cut: "elements", of: [""] },
  gives: ["announcements"],
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "its first message has type message and ts, as Slack's have" };
  },
};
