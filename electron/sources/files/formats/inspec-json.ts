import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Profile = z.looseObject({ name: z.string() });
const Report = z.object({
  platform: z.looseObject({ name: z.string().nullish() }),
  profiles: z.union([z.tuple([]), z.tuple([Profile], z.unknown())]),
});

export const inspecJson: FileFormat = {
  format: "inspec.json",
  system: "ci",
  title: "Reports of InSpec (JSON)",
  recognisedBy: "the fields platform and profiles",
  shape: { cut: "whole" },
  gives: ["reports"],
  recognise({ json }) {
    if (!Report.safeParse(json).success) return null;
    return { sure: "certain", because: "it has a platform and profiles" };
  },
};
