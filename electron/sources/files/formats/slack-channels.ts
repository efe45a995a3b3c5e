import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Channel = z.object({ id: z.string(), created: z.number(), members: z.array(z.string()) });
const Shape = z.tuple([Channel], z.unknown());

export const slackChannels: FileFormat = {
  format: "slack.channels",
  system: "announcements",
  title: "The channels of a Slack export (JSON)",
  recognisedBy: "channels with created and members",
  shape: { cut: "whole" },
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "its first channel has id, created and members" };
  },
};
