import type { BundleContents } from "../../../shared/bundle/bundle-contents.ts";
import type { DocumentBounds } from "../../../shared/bundle/document-bounds.ts";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import { faultOf } from "../../../shared/errors.ts";
import type { Digest } from "../../../shared/model/digest.ts";
import {
  type Check,
  type CheckId,
  failed,
  notPossible,
  type Signer,
} from "../../../shared/model/verification-report.ts";
import type { BundleStatements } from "../../../shared/verification/bundle-reading.ts";
import { deriveDocuments } from "../../../shared/verification/derived-documents.ts";
import { type Pace, throwIfStopped } from "../../../shared/verification/pace.ts";
import { readStatedViews } from "../../../shared/verification/stated-views.ts";
import { findMisstated } from "../../../shared/verification/stated-views-check.ts";
import { ownProgram } from "../own-program.ts";
import { checkAttestations } from "./attestation-check.ts";
import { checkDocuments } from "./document-check.ts";

export interface WritingAgain {
  readonly digest: Digest;
  /** Of the bundle's first signature; null where it does not hold. */
  readonly signer: Signer | null;
  readonly bounds: DocumentBounds;
  readonly pace: Pace;
}

/** Writes the documents of a bundle again from its data, and holds those in the bundle against them: `documents` and `attestations`. */
export async function checkWrittenAgain(
  contents: BundleContents,
  statements: BundleStatements,
  { digest, signer, bounds, pace }: WritingAgain,
): Promise<Check[]> {
  if (signer === null)
    return both((id) =>
      notPossible(id, "They name who signed the bundle, which nobody knows without a signature that holds."),
    );
  const otherProgram = otherProgramOf(contents.manifest);
  const otherwise = (id: CheckId, message: string) =>
    otherProgram === null
      ? failed(id, message)
      : notPossible(id, `${message} The bundle says that ${otherProgram} wrote it: verify this with that version.`);
  try {
    const views = await readStatedViews(contents);
    const misstated = findMisstated(statements, views, digest);
    if (misstated !== undefined) {
      const { what, ...difference } = misstated;
      return [
        failed("documents", what, difference),
        notPossible("attestations", "They are over what does not come out."),
      ];
    }
    const { subject, fingerprint } = signer;
    const data = { ...views, statements, manifest: contents.manifest, signer: { subject, fingerprint } };
    // Of use here alone, and large.
    const [{ writeReport }, { viewerPage }, { verifyInstructions }, { readReperformScript }] = await Promise.all([
      import("../../export/report/report.ts"),
      import("../../export/viewer/viewer-page.ts"),
      import("../../export/viewer/verify-instructions.ts"),
      import("../../export/viewer/page-files.ts"),
    ]);
    const writing = { page: viewerPage, instructions: verifyInstructions, script: readReperformScript() };
    const { documents, attested } = deriveDocuments(data, writing, digest, bounds);
    return [
      await checkDocuments(contents, documents, { writeReport, pace, otherProgram }),
      await checkAttestations(contents, attested, { signer: fingerprint, otherProgram }),
    ];
  } catch (error) {
    throwIfStopped(error);
    return both((id) => otherwise(id, faultOf(error).message));
  }
}

function both(make: (id: CheckId) => Check): Check[] {
  return (["documents", "attestations"] as const).map(make);
}

/** What the bundle says that made it, where that is not this program in this version. Its words may be others, and not its data. */
function otherProgramOf({ tool }: Pick<Manifest, "tool">): string | null {
  const isOwn = tool.name === ownProgram.name && tool.version === ownProgram.version;
  return isOwn ? null : `${tool.name} ${tool.version}`;
}
