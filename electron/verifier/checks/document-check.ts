import type { BundleContents } from "../../../shared/bundle/bundle-contents.ts";
import type { PartRole } from "../../../shared/bundle/manifest.ts";
import type { ReportContent } from "../../../shared/model/report.ts";
import { type Check, failed, notPossible, passed } from "../../../shared/model/verification-report.ts";
import type { DerivedDocument } from "../../../shared/verification/derived-documents.ts";
import type { Pace } from "../../../shared/verification/pace.ts";
import type { DocumentDifference } from "../documents/document-difference.ts";
import { compareReports } from "../documents/report-comparison.ts";
import { compareText } from "../documents/text-comparison.ts";
import { compareWorkbook } from "../documents/workbook-comparison.ts";

/** What people and other programs read: written from the other parts, and stating nothing besides. */
const documentRoles: ReadonlySet<PartRole> = new Set(["report", "viewer", "instructions", "oscal", "workpaper"]);

const writingAgain = "Writing the documents again";

export interface DocumentChecking {
  /** Writes the report again, unsigned. @param rest is waited for between the pages, and throws to stop */
  readonly writeReport: (content: ReportContent, rest: () => Promise<void>) => Promise<Buffer>;
  readonly pace: Pace;
  /** Where another version wrote the bundle, what that is: its words may be others. Null where this one did. */
  readonly otherProgram: string | null;
}

/** Every document of the bundle is the one that its data gives, and there is no other. */
export async function checkDocuments(
  contents: BundleContents,
  derived: readonly DerivedDocument[],
  checking: DocumentChecking,
): Promise<Check> {
  const expected = new Map(derived.map((document) => [document.path, document]));
  const listed = new Set<string>();
  for (const { path, role } of contents.manifest.files)
    if (documentRoles.has(role) || expected.has(path)) listed.add(path);
  const stray = [...listed].find((path) => !expected.has(path));
  if (stray !== undefined) return answer(stray, nothingGives, checking);
  for (const [index, document] of derived.entries()) {
    await checking.pace.at(writingAgain, index, derived.length);
    const difference = listed.has(document.path)
      ? await compareDocument(contents, document, checking)
      : { place: "", expected: "no such file", found: "a document" };
    if (difference !== null) return answer(document.path, difference, checking);
  }
  await checking.pace.at(writingAgain, derived.length, derived.length);
  return passed(
    "documents",
    `${derived.length} documents come out of the data as they are, byte for byte but for how they are packed and signed: the report, the page, OSCAL, workpapers and instructions.`,
  );
}

const nothingGives: DocumentDifference = { place: "", expected: "a document", found: "nothing that gives it" };

async function compareDocument(
  contents: BundleContents,
  document: DerivedDocument,
  { writeReport, pace }: DocumentChecking,
): Promise<DocumentDifference | null> {
  const { path } = document;
  if (document.kind === "text") return compareText(contents.stream(path), document.pieces());
  const read = async () => Buffer.from(await contents.read(path));
  if (document.kind === "workbook") return compareWorkbook(await read(), document.files);
  // Writing a long report takes more memory than anything else: nothing is held meanwhile.
  const written = await writeReport(document.content, pace.rest);
  return compareReports(await read(), written);
}

function answer(
  path: string,
  { place, expected, found }: DocumentDifference,
  { otherProgram }: DocumentChecking,
): Check {
  const difference = { subject: place === "" ? path : `${path}, ${place}`, expected, found };
  if (otherProgram === null)
    return failed("documents", `The document ${path} says something else than the data.`, difference);
  return notPossible(
    "documents",
    `The document ${path} says something else than the data gives now. The bundle says that ${otherProgram} wrote it, whose words may be others: verify its documents with that version.`,
    difference,
  );
}
