import { z } from "zod";

/** What is known of a control, for whoever asks about a requirement. From the weakest to the strongest. */
export const ControlState = z.enum([
  /** A sample was tested, and does not support reliance. */
  "not-supported",
  /** Nothing was drawn of a population that it is tested on. */
  "no-sample",
  /** Something was drawn, and not evaluated yet. */
  "not-tested",
  /** It was tested, and no claim is made: a second stage is due, no rate was set, it applied to nothing, or the like. */
  "open",
  /** Every sample that it was tested on supports reliance. */
  "supported",
]);
export type ControlState = z.infer<typeof ControlState>;

export const RequirementControl = z.object({ control: z.string(), title: z.string(), state: ControlState });
export type RequirementControl = z.infer<typeof RequirementControl>;

export const FrameworkRequirement = z.object({
  requirement: z.string(),
  /** In the catalog's order; empty where no control names the requirement. */
  controls: z.array(RequirementControl),
  /** The weakest of its controls; `not-covered` without any. */
  state: z.enum(["not-covered", ...ControlState.options]),
});
export type FrameworkRequirement = z.infer<typeof FrameworkRequirement>;

/** Requirements of one framework, in its own order: those that controls name, and of those about change the others too. */
export const FrameworkReport = z.object({ framework: z.string(), requirements: z.array(FrameworkRequirement) });
export type FrameworkReport = z.infer<typeof FrameworkReport>;

/** One wording for the window, the report and the command line. */
export const stateWords: Readonly<Record<FrameworkRequirement["state"], string>> = {
  "not-covered": "no control",
  "not-supported": "not supported",
  "no-sample": "no sample",
  "not-tested": "not tested",
  "open": "open",
  "supported": "supported",
};
