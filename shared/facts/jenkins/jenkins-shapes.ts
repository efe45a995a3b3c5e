import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import { EpochTime, Text } from "../shapes.ts";

/** The parts of Jenkins' answers that are read. Plugins add others, and leave `{}` where they show nothing. */

const BuildNumber = z.int().positive();
const Duration = z.number().nonnegative().max(1e12).optional();

const Cause = z.object({
  _class: Text,
  shortDescription: Text,
  userId: Text,
});
export type Cause = z.infer<typeof Cause>;

/** What the git plugin leaves behind for each repository that a build checked out. */
const Checkout = z.object({
  lastBuiltRevision: z.object({
    SHA1: ObjectId,
    branch: z
      .array(z.object({ name: z.string() }))
      .nullish()
      .transform((branches) => branches ?? []),
  }),
  remoteUrls: z
    .array(z.string())
    .nullish()
    .transform((urls) => urls ?? []),
});
export type Checkout = z.infer<typeof Checkout>;

const Action = z.looseObject({ causes: z.array(Cause).nullish() }).nullable();

export const BuildShape = z.object({
  number: BuildNumber,
  timestamp: EpochTime,
  duration: Duration,
  building: z.boolean().optional(),
  result: Text,
  url: Text,
  fullDisplayName: Text,
  actions: z.array(Action).default([]),
});
export type BuildShape = z.infer<typeof BuildShape>;

export const BuildsPage = z.object({ fullName: Text, allBuilds: z.array(z.unknown()) });

const Link = z.object({ self: z.object({ href: z.string() }) });

export const StageShape = z.object({
  id: z.string(),
  name: z.string(),
  status: Text,
  startTimeMillis: EpochTime.nullish(),
  durationMillis: Duration,
});

export const RunShape = z.object({ _links: Link, stages: z.array(z.unknown()) });

/** Every repository that the build checked out; what is not git's is left out. */
export function checkoutsOf({ actions }: BuildShape): Checkout[] {
  return actions.flatMap((action) => {
    const read = Checkout.safeParse(action);
    return read.success ? [read.data] : [];
  });
}

export function causesOf({ actions }: BuildShape): Cause[] {
  return actions.flatMap((action) => action?.causes ?? []);
}
