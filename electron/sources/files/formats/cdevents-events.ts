import { isCdevent } from "../cdevent-sample.ts";
import type { FileFormat } from "../file-format.ts";

/** CDEvents in one document. */
export const cdeventsEvents: FileFormat = {
  format: "cdevents.events",
  system: "deployments",
  title: "CDEvents, plain or as CloudEvents (JSON)",
  recognisedBy: "a context whose type begins with dev.cdevents.",
  shape: { cut: "whole" },
  recognise({ json }) {
    const first = Array.isArray(json) ? json[0] : json;
    return isCdevent(first) ? { sure: "certain", because: "its type begins with dev.cdevents." } : null;
  },
};
