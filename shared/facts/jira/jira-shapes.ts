import { z } from "zod";
import { parseInstant } from "../../model/instant.ts";

/*
 * The parts of Jira's REST answers that are read, as v2 (Jira Server) and v3 (Jira Cloud) give them. What every ticket and
 * every entry of its history goes through is compiled, which takes half the time and comes to the same; and what there are
 * a dozen of for each ticket is not transformed: then it need only be held against its shape and not copied, which would
 * cost more memory than all the rest.
 */

export const notATime = "not a time with its zone";
const Time = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: "custom", message: notATime });
  return z.NEVER;
});
const Name = z
  .object({ name: z.string().nullish() })
  .nullish()
  .transform((value) => value?.name ?? "");

/** Jira Cloud knows accounts by `accountId`, a Jira Server by `name`; both are empty once the account is gone. */
const WrittenAccount = z
  .object({
    accountId: z.string().nullish(),
    name: z.string().nullish(),
    key: z.string().nullish(),
    emailAddress: z.string().nullish(),
  })
  .nullish();
export const Account = WrittenAccount.transform(nameOf);

export function nameOf(account: z.infer<typeof WrittenAccount>): string {
  return account?.accountId || account?.name || account?.key || account?.emailAddress || "";
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const CommentShape = z.compile(
  z.object({
    id: z.string().nullish(),
    created: z.string(),
    author: WrittenAccount,
    /** Text, or a document of nodes; some exports have comments without any. */
    body: z.unknown().optional(),
  }),
);

export const HistoryShape = z.compile(
  z.object({
    created: z.string(),
    author: WrittenAccount,
    /**
     * Not an object with named fields: one of them is called `toString`, which every object has already. They are taken as
     * they are.
     */
    items: z.array(z.custom<object>(isObject, { error: "not an object" })),
  }),
);

export const IssueShape = z.compile(
  z.object({
    key: z.string().regex(/^[A-Z][A-Z0-9_]*-[1-9]\d*$/, "not a ticket's key"),
    fields: z.object({
      issuetype: Name,
      summary: z.string().nullish(),
      status: z.object({
        name: z.string(),
        statusCategory: z.object({ key: z.string() }).nullish(),
      }),
      created: Time,
      updated: Time.nullish(),
      resolutiondate: Time.nullish().transform((time) => time ?? null),
      reporter: Account,
      assignee: Account,
      comment: z
        .object({ total: z.number().int().nonnegative().optional(), comments: z.array(z.unknown()).optional() })
        .nullish(),
    }),
    changelog: z.object({ histories: z.array(z.unknown()).optional() }).nullish(),
  }),
);
export type IssueShape = z.infer<typeof IssueShape>;

/** Pages about one ticket, by what they list. */
export const CommentsPage = z.object({ comments: z.array(z.unknown()) });
export const DevelopmentPage = z.object({
  detail: z.array(z.object({ pullRequests: z.array(z.unknown()).nullish() })),
});
export const ChangelogPage = z.object({ values: z.array(z.unknown()) });
