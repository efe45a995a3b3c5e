import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Report = z.object({ certname: z.string(), configuration_version: z.unknown(), start_time: z.string() });
const Shape = z.tuple([Report], z.unknown());

export const puppetdbReports: FileFormat = {
  format: "puppetdb-reports.json",
  system: "production",
  title: "Reports of runs of Puppet, as PuppetDB gives them (JSON)",
  recognisedBy: "reports with certname, configuration_version and start_time",
  shape: { cut: "elements", of: [""] },
  gives: ["convergence"],
  recognise({ json }) {
    if (!Shape.safeParse(json).success) return null;
    return { sure: "certain", because: "its first report has certname and configuration_version" };
  },
};
