import { z } from "zod";
import { parseInstant } from "../../../shared/model/instant.ts";
import { highestNumber } from "../number-set.ts";

/*
 * The little of Jira's answers that collecting needs. Reading them as facts is another stage's work. What lists tickets is
 * compiled: there are a thousand of them on a page.
 */

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

/** Jira Cloud hands out a token for the next page; a Jira Server counts. */
const Paging = {
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().optional(),
  startAt: Count.optional(),
  total: Count.optional(),
};
const CommentTotals = z.object({ total: Count, comments: z.array(z.unknown()) }).partial();

export const IssuePage = z.compile(
  z.object({
    ...Paging,
    issues: z.array(
      z.object({
        id: z.string().optional(),
        key: IssueKey,
        fields: z.object({ comment: CommentTotals.nullish(), updated: z.string().nullish() }).nullish(),
        changelog: z
          .object({ total: Count, histories: z.array(z.unknown()) })
          .partial()
          .nullish(),
      }),
    ),
  }),
);
export type IssuePage = z.infer<typeof IssuePage>;

export const KeyPage = z.compile(
  z.object({
    ...Paging,
    issues: z.array(z.object({ key: IssueKey, fields: z.object({ created: z.string() }) })),
  }),
);
export type KeyPage = z.infer<typeof KeyPage>;

/** A page about one ticket. Jira counts and names its rows differently from list to list. */
export const DetailPage = z
  .object({
    values: z.array(z.unknown()),
    comments: z.array(z.unknown()),
    startAt: Count,
    // Of a service desk, which counts no total.
    start: Count,
    total: Count,
    isLast: z.boolean(),
    isLastPage: z.boolean(),
    detail: z.array(z.object({ pullRequests: z.array(z.unknown()).nullish() })),
  })
  .partial()
  .or(z.array(z.unknown()));
export type DetailPage = z.infer<typeof DetailPage>;

export const Permissions = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });

/** The account's id, which never changes; on a Jira Server its user name. */
export function accountOf(myself: Myself): string {
  return myself.accountId ?? myself.name ?? "";
}

/** The number at the end of a key. */
export function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf("-") + 1));
}

/** Token of the next page, of a Jira Server its first row; null at the end. */
export function nextToken(page: IssuePage | KeyPage): string | null {
  const { isLast, nextPageToken, startAt, total, issues } = page;
  if (startAt === undefined || total === undefined) return isLast === true ? null : (nextPageToken ?? null);
  return issues.length > 0 && startAt + issues.length < total ? String(startAt + issues.length) : null;
}

/** @returns the ticket's time of creation; null when Jira wrote none that can be read */
export function createdOf(row: KeyPage["issues"][number]) {
  return parseInstant(row.fields.created);
}
