import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { repositoryOf } from "../format-reader.ts";

/** What a report is about. */
export interface ReportSubject {
  readonly repository: string;
  /** Empty where nothing says it. */
  readonly build: string;
  /** Empty where nothing says it. */
  readonly commit: string;
}

const objectId = /(?<![0-9A-Za-z])(?:[0-9a-f]{40}|[0-9a-f]{64})(?![0-9A-Za-z])/;
const buildFolder = /(?:^|\/)(?:builds?|runs?|pipelines?)[-_/#]?(\d{1,19})(?=\/)/i;

/**
 * Whom to trust, in this order: what the report itself says, what was kept with it when it was taken, and the names of
 * the folders that it lies in: one with a whole commit id in it, and one like `build-123`, `run_123` or `builds/123`.
 */
export function subjectOf(
  input: EvidenceInput,
  source: Source,
  said: { readonly build?: string | undefined; readonly commit?: string | undefined } = {},
): ReportSubject {
  const path = input.locator.replace(/#[^/]*$/, "");
  const about = input.reading?.about;
  return {
    repository: repositoryOf(source),
    build: said.build || about?.build || buildFolder.exec(path)?.[1] || "",
    commit: said.commit || about?.commit || objectId.exec(path)?.[0] || "",
  };
}

/** A commit id as a report writes it; empty for anything else: "v1.2" or "HEAD" names no commit by itself. */
export function commitIn(text: string): string {
  const id = text.trim().toLowerCase();
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id) ? id : "";
}
