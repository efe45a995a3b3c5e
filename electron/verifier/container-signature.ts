import { createHash } from "node:crypto";
import { asicManifestPathOf, countSignatures, signaturePathOf } from "../../shared/bundle/container-names.ts";
import type { ReadManifest } from "../../shared/bundle/manifest-reading.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import { type Check, failed, passed, type SignatureView } from "../../shared/model/verification-report.ts";
import { SignatureInvalid } from "../cms/signature-invalid.ts";
import type { Archive } from "./archive.ts";
import { type CmsSignature, verifyCms } from "./cms-signature.ts";
import { compareSignedList, notLookedAt, passPieces, readOrReason } from "./container.ts";
import { judgeSigner, type Yardstick } from "./signature-verdict.ts";

export interface ContainerSignatures {
  readonly checks: readonly Check[];
  /** One for each signature that should be there; at least one. */
  readonly signatures: readonly SignatureView[];
}

interface JudgedSignature {
  readonly checks: readonly Check[];
  readonly view: SignatureView;
}

/** The CAdES signatures of the container: of whoever exported it, and of those who signed the same files after that. */
export async function checkContainerSignatures(
  archive: Archive,
  manifest: ReadManifest | null,
  manifestSha256: Sha256 | null,
  yardstick: Yardstick,
): Promise<ContainerSignatures> {
  const count = Math.max(
    1,
    countSignatures((path) => archive.entries.has(path)),
  );
  const judged: JudgedSignature[] = [];
  for (let number = 1; number <= count; number++) {
    const list =
      manifest === null || manifestSha256 === null
        ? failed("signature", "The manifest cannot be read, so that nobody knows what was signed.")
        : await compareSignedList(archive, number, manifest, manifestSha256);
    judged.push(await judgeOne(archive, number, list, yardstick));
  }
  const checks = judged.flatMap(({ checks, view }) => (count === 1 ? checks : checks.map((each) => about(view, each))));
  return { checks, signatures: judged.map(({ view }) => view) };
}

/** @param otherList what is wrong with the list that the signature is over; null when it is the one of these files */
async function judgeOne(
  archive: Archive,
  number: number,
  otherList: Check | null,
  yardstick: Yardstick,
): Promise<JudgedSignature> {
  const file = signaturePathOf(number);
  const signature = await readSignature(archive, number);
  if ("outcome" in signature) return withoutSigner(file, signature);
  const { signingTime, claimedRole } = signature;
  if (signingTime === null)
    return withoutSigner(file, failed("signature", "The signature does not say when it was made.", { subject: file }));
  const { signer, timestamp, checks } = judgeSigner(signature, signingTime, yardstick);
  const holds = passed(
    "signature",
    `The CAdES signature over ${asicManifestPathOf(number)}, and with it over every file, holds.`,
  );
  const view = { file, signer, claimedRole, signedAt: signingTime, timestamp };
  return { checks: [otherList ?? holds, ...checks], view };
}

async function readSignature(archive: Archive, number: number): Promise<CmsSignature | Check> {
  const [listPath, path] = [asicManifestPathOf(number), signaturePathOf(number)];
  const hash = createHash("sha256");
  const problem = await passPieces(archive, listPath, (piece) => hash.update(piece));
  if (problem !== null) return failed("signature", problem, { subject: listPath });
  const signature = await readOrReason(archive, path);
  if (signature.bytes === null) {
    const detail = `There is no signature to check. ${signature.reason}`;
    return failed("signature", detail, { subject: path, expected: "a signature", found: "nothing" });
  }
  try {
    return verifyCms(signature.bytes, hash.digest());
  } catch (error) {
    if (!(error instanceof SignatureInvalid)) throw error;
    const { expected, found } = error;
    return failed("signature", `The signature ${error.message}.`, {
      subject: path,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
    });
  }
}

function withoutSigner(file: string, signature: Check): JudgedSignature {
  const because = "there is no signature that holds";
  const others = (["certificate", "timestamp", "revocation", "trust"] as const).map((id) => notLookedAt(id, because));
  const view = { file, signer: null, claimedRole: null, signedAt: null, timestamp: null };
  return { checks: [signature, ...others], view };
}

/** Where there are several signatures, each answer says whose it is. */
function about(view: SignatureView, check: Check): Check {
  const who = view.signer === null ? view.file : `${view.file}, ${view.signer.subject}`;
  return { ...check, detail: `${who}: ${check.detail}`, subject: check.subject ?? view.file };
}
