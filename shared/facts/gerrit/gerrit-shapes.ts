import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import type { Origin } from "../../model/origin.ts";
import { Id, Text } from "../code-host/host-shapes.ts";

/** The parts of Gerrit's REST answers that are read (Documentation/rest-api-changes.html, "JSON Entities"). */

/** Gerrit's times are in UTC and do not say so: `2013-02-01 09:59:32.126000000`. */
const Time = z.string().transform((text, context) => {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\.(\d{3})\d*$/.exec(text);
  if (match !== null) return `${match[1]}T${match[2]}.${match[3]}Z`;
  context.addIssue({ code: "custom", message: "not a time as Gerrit writes it" });
  return z.NEVER;
});

/** The address where there is one: it joins Gerrit's accounts to git's, which logins do not. */
export const Account = z
  .object({
    _account_id: z.number().int().optional(),
    email: z.string().optional(),
    username: z.string().optional(),
    tags: z.array(z.string()).optional(),
  })
  .nullish()
  .transform((account) => {
    const login = account?.email ?? account?.username ?? String(account?._account_id ?? "");
    const type = account?.tags?.includes("SERVICE_USER") === true ? ("bot" as const) : ("user" as const);
    return { login, type: login === "" ? ("unknown" as const) : type, id: account?._account_id };
  });
export type Account = z.infer<typeof Account>;

const Person = z.object({ name: Text, email: Text });

const Revision = z.object({
  _number: Id,
  kind: Text,
  created: Time,
  uploader: Account,
  description: Text,
  commit: z.object({ message: Text, author: Person }).optional(),
});

/** A vote bears its voter's account among its own members. */
const Vote = z.looseObject({ value: z.number().int().optional() }).transform(({ value = 0, ...account }) => {
  const voter = Account.safeParse(account);
  return { value, voter: voter.success ? voter.data.login : "" };
});

export const ChangeShape = z.object({
  _number: Id,
  project: Text,
  branch: z.string(),
  topic: Text,
  hashtags: z.array(z.string()).nullish(),
  subject: Text,
  status: z.enum(["NEW", "MERGED", "ABANDONED"]),
  created: Time,
  submitted: Time.optional(),
  submitter: Account,
  owner: Account,
  current_revision: ObjectId.optional(),
  revisions: z.record(ObjectId, Revision).default({}),
  labels: z
    .record(
      z.string(),
      z.object({
        values: z.record(z.string(), z.string()).optional(),
        /** Everybody's vote on the last patch set as it stands; 0 or nobody where it was taken away. */
        all: z.array(Vote).optional(),
      }),
    )
    .default({}),
  messages: z
    .array(
      z.object({
        id: z.string(),
        author: Account,
        real_author: Account,
        date: Time,
        message: Text,
        tag: Text,
        /** Accounts that the message names by their ids. */
        accounts_in_message: z.array(Account).optional(),
        _revision_number: Id.optional(),
      }),
    )
    .optional(),
});
export type GerritChange = z.infer<typeof ChangeShape>;

export const CommentShape = z.object({
  id: z.string(),
  author: Account,
  updated: Time,
  message: Text,
  unresolved: z.boolean().optional(),
});

export const RequirementShape = z.object({ name: z.string(), submittability_expression: Text });

/** Which change of which record a fact is about. */
export type ChangePlace = { readonly origin: Origin; readonly repository: string; readonly request: number };
