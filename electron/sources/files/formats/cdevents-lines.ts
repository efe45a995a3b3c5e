import { isCdevent } from "../cdevent-sample.ts";
import type { FileFormat } from "../file-format.ts";

/** CDEvents, one a line. */
export const cdeventsLines: FileFormat = {
  format: "cdevents.lines",
  system: "deployments",
  title: "CDEvents, plain or as CloudEvents, one a line (JSONL)",
  recognisedBy: "lines with a context whose type begins with dev.cdevents.",
  shape: { cut: "lines" },
  recognise({ jsonLines, json }) {
    if (json !== undefined || !isCdevent(jsonLines[0])) return null;
    return { sure: "certain", because: "the type of its first line's event begins with dev.cdevents." };
  },
};
