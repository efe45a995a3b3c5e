import { z } from "zod";

/** The little of the answers of Azure Pipelines that collecting needs. */

const Id = z.int().positive();

export const ConnectionData = z.object({
  authenticatedUser: z.object({
    id: z.string(),
    providerDisplayName: z.string().nullish(),
    subjectDescriptor: z.string().nullish(),
    properties: z.object({ Account: z.object({ $value: z.string() }).nullish() }).nullish(),
  }),
});

export const BuildsPage = z.object({
  value: z.array(z.object({ id: Id, deleted: z.boolean().optional(), sourceBranch: z.string().nullish() })),
});
export type BuildsPage = z.infer<typeof BuildsPage>;

export const Timeline = z.object({
  records: z
    .array(
      z.object({
        id: z.string(),
        type: z.string().nullish(),
        parentId: z.string().nullish(),
        name: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type Timeline = z.infer<typeof Timeline>;

export const Approvals = z.object({ value: z.array(z.unknown()) });
