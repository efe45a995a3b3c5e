import { z } from "zod";
import { readArray } from "../array-evidence.ts";
import type { FormatReader } from "../format-reader.ts";
import { parseShape } from "../json-evidence.ts";
import { Text } from "../shapes.ts";

const User = z.object({
  id: z.string().min(1),
  name: Text,
  real_name: Text,
  is_bot: z.boolean().nullish(),
  profile: z.object({ real_name: Text, email: Text }).nullish(),
});

/**
 * The accounts of a Slack export: `users.json`. Messages name accounts by their ids alone; here are the address, which
 * Slack checks by a letter to it, and the name, which everybody gives themselves.
 */
export const readSlackUsers: FormatReader = (input) =>
  readArray(input, [""], (element, origin) => {
    const parsed = parseShape(User, element);
    if ("reason" in parsed) return parsed;
    const { id, name: login, real_name: written, is_bot: bot, profile } = parsed.data;
    const name = profile?.real_name || written;
    return [
      {
        kind: "chat-account",
        origin,
        medium: "slack",
        id,
        login,
        name,
        email: profile?.email ?? "",
        bot: bot === true,
      },
    ];
  });
