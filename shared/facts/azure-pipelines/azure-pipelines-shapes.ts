import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import { OptionalTime, Text, Time } from "../shapes.ts";

/** The parts of the answers of Azure Pipelines that are read (REST 7.1: Build, Timeline, Approvals). */

const Id = z.int().positive();

const Account = z
  .object({ uniqueName: Text, displayName: Text })
  .nullish()
  .transform((account) => account?.uniqueName || account?.displayName || "");

export const BuildShape = z.object({
  id: Id,
  buildNumber: Text,
  status: Text,
  result: Text,
  reason: Text,
  queueTime: OptionalTime,
  startTime: OptionalTime,
  finishTime: OptionalTime,
  sourceBranch: Text,
  sourceVersion: ObjectId,
  requestedFor: Account,
  definition: z.object({ name: Text, path: Text }).nullish(),
  _links: z.object({ web: z.object({ href: Text }).nullish() }).nullish(),
});

export const RecordShape = z.object({
  id: z.string(),
  type: Text,
  name: Text,
  state: Text,
  result: Text,
  startTime: OptionalTime,
  finishTime: OptionalTime,
  attempt: z.int().positive().catch(1),
});

export const Timeline = z.object({ records: z.array(z.unknown()) });
export const Page = z.object({ value: z.array(z.unknown()) });

export const ApprovalShape = z.object({
  id: z.string(),
  status: Text,
  steps: z
    .array(
      z.object({
        assignedApprover: Account,
        actualApprover: Account,
        status: Text,
        comment: Text,
        lastModifiedOn: OptionalTime,
      }),
    )
    .nullish()
    .transform((steps) => steps ?? []),
  createdOn: Time.nullish(),
  pipeline: z.object({ owner: z.object({ id: Id }).nullish() }).nullish(),
});
