import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Page = z.object({ Resources: z.tuple([z.object({ id: z.string(), userName: z.string() })], z.unknown()) });

/** Users of a directory by SCIM. */
export const scimUsers: FileFormat = {
  format: "scim.users",
  system: "people",
  title: "Users of a directory by SCIM 2.0 (JSON)",
  recognisedBy: "an array Resources whose elements have id and userName",
  shape: { cut: "elements", of: ["/Resources"] },
  recognise({ json }) {
    if (!Page.safeParse(json).success) return null;
    return { sure: "certain", because: "its array Resources holds users with id and userName" };
  },
};
