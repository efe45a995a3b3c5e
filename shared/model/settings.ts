import { z } from "zod";

const Text = z.string().trim().max(200);

/** What an installation suggests for new engagements, and what its planner looks up; empty where it suggests nothing. None of it is secret. */
export const Settings = z.object({
  /** Name under which acts are logged. */
  auditor: Text,
  /** IANA name, `Europe/London`; empty for the machine's own. */
  timeZone: Text,
  /** A catalog of one's own; empty for the one that Tickmark brings. */
  catalogPath: z.string().max(4096),
  /** A house table of sample sizes of one's own; empty for the usual one that Tickmark brings. Older files have none. */
  houseTablePath: z.string().max(4096).default(""),
});
export type Settings = z.infer<typeof Settings>;
