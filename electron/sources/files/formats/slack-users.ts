import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const User = z.object({ id: z.string(), team_id: z.string(), profile: z.looseObject({}) });
const Shape = z.tuple([User], z.unknown());

export const slackUsers: FileFormat = {
  format: "slack.users",
  system: "announcements",
  title: "The accounts of a Slack export (JSON)",
  recognisedBy: "accounts with team_id and profile",
  shape: { cut: "whole" },
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "its first account has team_id and profile" };
  },
};
