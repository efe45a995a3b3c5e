import { z } from "zod";
import { parseInstant } from "../../../shared/model/instant.ts";
import { highestNumber } from "../number-set.ts";

/** The little of Jira's answers that collecting needs. Reading them as facts is another stage's work. */

const Count = z.number().int().nonnegative();
export const IssueKey = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*-[1-9]\d*$/, "a ticket's key")
  .refine((key) => numberOf(key) <= highestNumber, "a ticket's number");

export const Myself = z.object({
  accountId: z.string().optional(),
  name: z.string().optional(),
  displayName: z.string().optional(),
});
export type Myself = z.infer<typeof Myself>;

const Paging = { nextPageToken: z.string().nullish(), isLast: z.boolean().optional() };
const CommentTotals = z.object({ total: Count, comments: z.array(z.unknown()) }).partial();

export const IssuePage = z.object({
  ...Paging,
  issues: z.array(
    z.object({
      key: IssueKey,
      fields: z.object({ comment: CommentTotals.nullish() }).nullish(),
      changelog: z
        .object({ total: Count, histories: z.array(z.unknown()) })
        .partial()
        .nullish(),
    }),
  ),
});
export type IssuePage = z.infer<typeof IssuePage>;

export const KeyPage = z.object({
  ...Paging,
  issues: z.array(z.object({ key: IssueKey, fields: z.object({ created: z.string() }) })),
});
export type KeyPage = z.infer<typeof KeyPage>;

export const ChangelogPage = z.object({
  values: z.array(z.unknown()),
  total: Count.optional(),
  isLast: z.boolean().optional(),
});

export const Permissions = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });

/** The account's id, which never changes; on a Jira Server its user name. */
export function accountOf(myself: Myself): string {
  return myself.accountId ?? myself.name ?? "";
}

/** The number at the end of a key. */
export function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf("-") + 1));
}

/** Token of the next page; null at the end. */
export function nextToken(page: {
  nextPageToken?: string | null | undefined;
  isLast?: boolean | undefined;
}): string | null {
  return page.isLast === true ? null : (page.nextPageToken ?? null);
}

/** @returns the ticket's time of creation; null when Jira wrote none that can be read */
export function createdOf(row: KeyPage["issues"][number]) {
  return parseInstant(row.fields.created);
}
