import { z } from "zod";
import { Id, OptionalTime, Text, Time } from "../code-host/host-shapes.ts";

/** The parts of Bitbucket Cloud's REST answers that are read (developer.atlassian.com/cloud/bitbucket/rest). */

/** The nickname is what people see and name; it is not unique over all of Bitbucket but within a workspace. */
export const Account = z
  .object({ nickname: z.string().optional(), account_id: z.string().optional(), type: Text })
  .nullish()
  .transform((account) => {
    const login = account?.nickname ?? account?.account_id ?? "";
    const type =
      account?.type === "user"
        ? ("user" as const)
        : account?.type === "app_user"
          ? ("bot" as const)
          : ("unknown" as const);
    return { login, type };
  });

/** Pull requests have the first twelve digits of commits only. */
const Commit = z.object({ hash: z.string().regex(/^[0-9a-f]{7,64}$/) }).nullish();
const End = z.object({ branch: z.object({ name: z.string() }), commit: Commit });
const Link = z.object({ href: z.string() });

export const RequestShape = z.object({
  id: Id,
  title: Text,
  links: z.object({ html: Link.optional() }).optional(),
  state: z.enum(["OPEN", "MERGED", "DECLINED", "SUPERSEDED"]),
  author: Account,
  closed_by: Account,
  created_on: Time,
  source: End,
  destination: End,
  merge_commit: Commit,
});

export const ActivityShape = z.object({
  pull_request: z.object({ id: Id }).optional(),
  update: z
    .object({
      state: Text,
      date: Time,
      author: Account,
      reason: Text,
      source: z.object({ commit: Commit }).optional(),
      destination: End.optional(),
      changes: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  approval: z.object({ date: Time, user: Account }).optional(),
  changes_requested: z.object({ date: Time, user: Account }).optional(),
  comment: z
    .object({
      id: Id,
      created_on: Time,
      user: Account,
      deleted: z.boolean().optional(),
      content: z.object({ raw: Text }),
      inline: z.object({ path: Text }).nullish(),
      resolution: z.unknown().optional(),
    })
    .optional(),
});
export type Activity = z.infer<typeof ActivityShape>;

export const CommitShape = z.object({
  hash: z.string().regex(/^[0-9a-f]{40}$/),
  message: Text,
  author: z.object({ raw: Text, user: Account }).optional(),
});

export const StatusShape = z.object({
  key: Text,
  name: Text,
  url: Text,
  refname: Text,
  state: z.string(),
  created_on: Time,
  updated_on: OptionalTime,
  links: z.object({ commit: Link }),
});

export const RestrictionShape = z.object({
  kind: z.string(),
  pattern: Text,
  branch_type: Text,
  value: z.number().nullish(),
});

export const DeploymentShape = z.object({
  uuid: z.string(),
  environment: z.object({ name: z.string().optional(), slug: z.string().optional(), uuid: z.string() }),
  release: z.object({ name: Text, url: Text, commit: Commit }).optional(),
  state: z.object({
    name: z.string(),
    status: z.object({ name: z.string() }).nullish(),
    /** As Bitbucket answers; and as it describes its answers. */
    started_on: OptionalTime,
    start_date: OptionalTime,
    completed_on: OptionalTime,
    completion_date: OptionalTime,
  }),
});
