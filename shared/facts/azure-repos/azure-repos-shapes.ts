import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import { Id, OptionalCommit, OptionalTime, Text, Time } from "../code-host/host-shapes.ts";

/** The parts of Azure DevOps' REST answers that are read (learn.microsoft.com/rest/api/azure/devops). */

/** The unique name is a person's e-mail address, or that of an account of the service. */
export const Account = z
  .object({ uniqueName: Text, displayName: Text })
  .nullish()
  .transform((account) => {
    const login = account?.uniqueName ?? "";
    const bot = /^(Build|AgentPool|GitHub Apps?)\\|^vstfs:|^LOCAL AUTHORITY/i.test(login);
    return { login, type: login === "" ? ("unknown" as const) : bot ? ("bot" as const) : ("user" as const) };
  });

const CommitRef = z.object({ commitId: OptionalCommit }).nullish();

export const RequestShape = z.object({
  pullRequestId: Id,
  title: Text,
  url: Text,
  status: z.enum(["active", "abandoned", "completed", "notSet"]),
  createdBy: Account,
  closedBy: Account,
  creationDate: Time,
  closedDate: OptionalTime,
  sourceRefName: z.string(),
  targetRefName: z.string(),
  lastMergeSourceCommit: CommitRef,
  lastMergeCommit: CommitRef,
  /** A label that was taken off is no longer active. */
  labels: z.array(z.object({ name: Text, active: z.boolean().optional() })).nullish(),
  completionOptions: z.object({ bypassPolicy: z.boolean().optional(), bypassReason: Text }).nullish(),
});

const Value = z.object({ $value: z.unknown() });

export const ThreadShape = z.object({
  id: Id,
  publishedDate: Time,
  isDeleted: z.boolean().optional(),
  status: Text,
  threadContext: z.object({ filePath: Text }).nullish(),
  properties: z.record(z.string(), Value.catch({ $value: null })).nullish(),
  identities: z.record(z.string(), Account).nullish(),
  comments: z
    .array(
      z.object({
        id: z.number().int(),
        author: Account,
        content: Text,
        publishedDate: Time,
        commentType: Text,
        isDeleted: z.boolean().optional(),
      }),
    )
    .default([]),
});
export type Thread = z.infer<typeof ThreadShape>;

export const IterationShape = z.object({
  id: Id,
  author: Account,
  createdDate: Time,
  reason: Text,
  sourceRefCommit: z.object({ commitId: ObjectId }),
});

export const CommitShape = z.object({
  commitId: ObjectId,
  comment: Text,
  author: z.object({ name: Text, email: Text }).nullish(),
});

export const PolicyShape = z.object({
  id: Id,
  isEnabled: z.boolean(),
  isBlocking: z.boolean(),
  isDeleted: z.boolean().optional(),
  type: z.object({ displayName: Text }),
  settings: z.object({
    minimumApproverCount: z.number().int().nonnegative().optional(),
    resetOnSourcePush: z.boolean().optional(),
    displayName: z.string().nullish(),
    scope: z.array(z.object({ refName: z.string().nullish() })).optional(),
  }),
});
