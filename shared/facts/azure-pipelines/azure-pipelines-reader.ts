import type { azurePipelinesFormats } from "../../model/formats/ci-formats.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { parseShape, readElements, readJson, unreadWhole } from "../json-evidence.ts";
import { approvalReader } from "./approval-reader.ts";
import { Page } from "./azure-pipelines-shapes.ts";
import { buildReader } from "./build-reader.ts";
import { readTimeline } from "./timeline-reader.ts";

/** Readers of the answers of Azure Pipelines. */
export const azurePipelinesReaders: FormatReaders<(typeof azurePipelinesFormats)[number]> = {
  "azure-pipelines.builds": readJson((input, json, repository) => {
    const page = parseShape(Page, json);
    if ("reason" in page) return unreadWhole(input, page);
    return readElements(input, page.data.value, "/value", buildReader(repository));
  }),
  "azure-pipelines.timeline": readJson(readTimeline),
  "azure-pipelines.approvals": readJson((input, json, repository) => {
    const page = parseShape(Page, json);
    if ("reason" in page) return unreadWhole(input, page);
    return readElements(
      input,
      page.data.value,
      "/value",
      approvalReader(repository, input.reading?.about?.build, input.reading?.names),
    );
  }),
  "azure-pipelines.other": readNothing,
};
