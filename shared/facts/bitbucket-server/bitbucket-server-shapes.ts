import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import { EpochTime, Id, Text } from "../code-host/host-shapes.ts";

/** The parts of Bitbucket Data Center's REST answers that are read (developer.atlassian.com/server/bitbucket/rest). */

export const Account = z
  .object({ name: Text, type: Text })
  .nullish()
  .transform((account) => {
    const type = account?.type === "SERVICE" ? ("bot" as const) : ("user" as const);
    return { login: account?.name ?? "", type: account ? type : ("unknown" as const) };
  });

const Ref = z.object({ displayId: z.string(), latestCommit: ObjectId });

export const RequestShape = z.object({
  id: Id,
  title: Text,
  state: z.enum(["OPEN", "MERGED", "DECLINED"]),
  createdDate: EpochTime,
  closedDate: EpochTime.optional(),
  author: z.object({ user: Account }),
  fromRef: Ref,
  toRef: Ref,
  properties: z.object({ mergeCommit: z.object({ id: ObjectId }).optional() }).optional(),
  links: z.object({ self: z.array(z.object({ href: z.string() })) }).optional(),
});

export const ActivityShape = z.object({
  id: Id,
  action: z.string(),
  createdDate: EpochTime,
  user: Account,
  comment: z
    .object({
      id: Id,
      text: Text,
      author: Account,
      createdDate: EpochTime,
      state: Text,
      threadResolved: z.boolean().optional(),
    })
    .optional(),
  commentAnchor: z.object({ path: z.string().optional() }).optional(),
  removedReviewers: z.array(Account).nullish(),
  fromHash: Text,
  previousFromHash: Text,
  commit: z.object({ id: ObjectId }).optional(),
});

export const CommitShape = z.object({
  id: ObjectId,
  message: Text,
  author: z.object({ name: Text, emailAddress: Text }).optional(),
});

export const BuildShape = z.object({
  state: z.string(),
  key: z.string(),
  name: Text,
  url: Text,
  dateAdded: EpochTime,
});

export const RestrictionShape = z.object({
  id: Id,
  type: z.string(),
  matcher: z.object({ displayId: z.string() }),
});
