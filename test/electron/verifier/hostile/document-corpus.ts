import { hash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signStatements } from "../../../../electron/export/attestation.ts";
import type { SigningIdentity } from "../../../../electron/export/identity/signing-identity.ts";
import { writeReport } from "../../../../electron/export/report/report.ts";
import { signPdf } from "../../../../electron/export/sign-pdf.ts";
import { viewerPage } from "../../../../electron/export/viewer/viewer-page.ts";
import { packWorkbook } from "../../../../electron/export/workbook-file.ts";
import { preAuthenticationHead, readEnvelope } from "../../../../shared/bundle/attestation/envelope.ts";
import type { BundleContents } from "../../../../shared/bundle/bundle-contents.ts";
import { partPaths, type WeeksPart } from "../../../../shared/bundle/bundle-parts.ts";
import { documentBounds } from "../../../../shared/bundle/document-bounds.ts";
import {
  attestationSignerPath,
  attestationsPath,
  oscalPaths,
  workbookPath,
  workpaperPath,
} from "../../../../shared/bundle/document-paths.ts";
import type { Manifest, ManifestFile } from "../../../../shared/bundle/manifest.ts";
import { parseManifest } from "../../../../shared/bundle/manifest-reading.ts";
import { encodeCanonical } from "../../../../shared/model/canonical-json.ts";
import type { Result } from "../../../../shared/model/result.ts";
import { ResultList } from "../../../../shared/model/results.ts";
import { readStatements } from "../../../../shared/verification/bundle-reading.ts";
import {
  type DerivedDocument,
  type DerivedDocuments,
  deriveDocuments,
} from "../../../../shared/verification/derived-documents.ts";
import { readStatedViews } from "../../../../shared/verification/stated-views.ts";
import { openssl, temporaryFolder } from "../../export/real-tools.ts";
import { newSigner } from "../../export/signers.ts";
import { appendUpdate } from "../pdf-update.ts";
import { manifestName, textOf } from "../sample-bundle.ts";
import type { Lie } from "./audit-corpus.ts";

type Files = Map<string, Buffer>;

/**
 * A lie of the trusted signer in what people and other programs read, over data that is as it was: the data comes out the same, everything
 * that is signed fits, and so do the signatures of bundle and report.
 */
export interface DocumentLie extends Pick<Lie, "name" | "detail"> {
  /** What the check says of both sides. */
  readonly values?: { readonly expected: RegExp; readonly found: RegExp };
  readonly change: (files: Files, signer: Signer) => Promise<void> | void;
}

export interface Signer {
  readonly identity: SigningIdentity;
  /** PKCS#12 of the identity, as openssl reads it. */
  readonly pkcs12Path: string;
  readonly passphrase: string;
}

const otherwise = /says something else than the data/;
const signing = () => ({ name: "Signer", reason: "Audit evidence", signedAt: new Date().toISOString() });

const failed = (
  check: "documents" | "attestations",
  what: string,
  detail: RegExp,
  change: DocumentLie["change"],
  values?: DocumentLie["values"],
): DocumentLie => ({
  name: `failed ${check} ${what}.zip`,
  detail,
  change,
  ...(values === undefined ? {} : { values }),
});

const inText = (path: string, from: string | RegExp, to: string): DocumentLie["change"] => {
  return (files) => {
    const [before, after] = [textOf(files, path), textOf(files, path).replace(from, to)];
    if (before === after) throw new Error(`${path} has no ${from} to be changed.`);
    files.set(path, Buffer.from(after));
  };
};

/** Writes a document as the engine would have written it, had the first failure been a pass. */
const asIfPassed = (path: string): DocumentLie["change"] => {
  return async (files, signer) => {
    const documents = await writeAsIfPassed(files, signer);
    const document = documents.find((each) => each.path === path);
    if (document === undefined) throw new Error(`There is no document ${path}.`);
    files.set(path, await bytesOf(document, signer));
  };
};

async function bytesOf(document: DerivedDocument, { identity }: Signer): Promise<Buffer> {
  if (document.kind === "text") return Buffer.from([...document.pieces()].join(""));
  if (document.kind === "workbook") return packWorkbook(document.files);
  return signPdf(await writeReport(document.content), identity, signing());
}

async function writeAsIfPassed(files: Files, signer: Signer): Promise<readonly DerivedDocument[]> {
  const derived = await derive(files, signer, (results) => {
    const at = results.findIndex(({ outcome }) => outcome === "fail");
    return results.map((each, index): Result => (index === at ? { ...each, outcome: "pass" } : each));
  });
  return derived.documents;
}

/** What the data of a bundle gives, were its results others. */
export async function derive(
  files: Files,
  { identity }: Signer,
  change: (results: readonly Result[]) => readonly Result[] = (results) => results,
): Promise<DerivedDocuments> {
  const contents = contentsOf(files);
  const statements = await readStatements(contents);
  const data = {
    ...(await readStatedViews(contents)),
    statements: { ...statements, results: new ResultList(change([...statements.results])) },
    manifest: contents.manifest,
    signer: { subject: identity.subject, fingerprint: identity.fingerprint },
  };
  const writing = { page: viewerPage, instructions: () => "", script: "" };
  return deriveDocuments(data, writing, (content) => hash("sha256", content, "hex"), documentBounds);
}

/** The bundle as a verifier reads it. */
export function contentsOf(files: Files): BundleContents {
  const read = async (path: string) => files.get(path) ?? Buffer.alloc(0);
  return {
    manifest: parseManifest(textOf(files, manifestName)),
    read,
    async *stream(path) {
      yield await read(path);
    },
  };
}

const onManifest = (change: (manifest: Manifest) => Manifest): DocumentLie["change"] => {
  return (files) => {
    const manifest: Manifest = JSON.parse(textOf(files, manifestName));
    files.set(manifestName, Buffer.from(encodeCanonical(change(manifest))));
  };
};

const listing = (change: (listed: readonly ManifestFile[]) => ManifestFile[]) =>
  onManifest((manifest) => {
    const files = change(manifest.files).sort((one, other) => (one.path < other.path ? -1 : 1));
    return { ...manifest, files };
  });

const all = (...changes: readonly DocumentLie["change"][]): DocumentLie["change"] => {
  return async (files, signer) => {
    for (const change of changes) await change(files, signer);
  };
};

const without = (path: string): DocumentLie["change"] =>
  all(
    (files) => void files.delete(path),
    listing((listed) => listed.filter((file) => file.path !== path)),
  );

export const documentLies: readonly DocumentLie[] = [
  failed("documents", "a report that tells a failure as a pass", otherwise, asIfPassed(partPaths.report), {
    expected: /\S/,
    found: /\S/,
  }),
  failed(
    "documents",
    "a report to which its signer appended a change before signing it once more",
    otherwise,
    async (files, { identity }) => {
      const report = appendUpdate(files.get(partPaths.report) ?? Buffer.alloc(0));
      files.set(partPaths.report, await signPdf(report, identity, signing()));
    },
    { expected: /another \/ID since/, found: /a signature and nothing else/ },
  ),
  failed("documents", "a page that tells a failure as a pass", otherwise, asIfPassed(partPaths.viewer), {
    expected: /pass/,
    found: /fail/,
  }),
  failed(
    "documents",
    "a page with a script of its own",
    otherwise,
    inText(partPaths.viewer, "</script>", "\n</script>"),
  ),
  failed("documents", "OSCAL results that tell a failure as a pass", otherwise, asIfPassed(oscalPaths.results)),
  failed(
    "documents",
    "an OSCAL plan for another entity",
    otherwise,
    inText(oscalPaths.plan, "Northwind", "Southwind"),
    {
      expected: /Southwind/,
      found: /Northwind/,
    },
  ),
  failed("documents", "workpapers that tell a failure as a pass", otherwise, asIfPassed(workpaperPath("results"))),
  failed(
    "documents",
    "workpapers without their last line",
    otherwise,
    inText(workpaperPath("conclusions"), /[^\n]+\n$/, ""),
    {
      expected: /\[the end\]/,
      found: /"/,
    },
  ),
  failed("documents", "a workbook that tells a failure as a pass", otherwise, asIfPassed(workbookPath)),
  failed(
    "documents",
    "instructions that leave out a command",
    otherwise,
    inText(partPaths.instructions, /\n {4}openssl [^\n]*/, ""),
  ),
  failed("documents", "a script that draws another sample", otherwise, inText(partPaths.reperform, "sort", "sort -r")),
  failed("documents", "a document that nothing gives", otherwise, (files, signer) => {
    const path = workpaperPath("summary");
    files.set(path, Buffer.from("All controls are effective.\r\n"));
    const file = { path, size: 0, sha256: "0".repeat(64), mediaType: "text/csv", role: "workpaper" as const };
    return listing((listed) => [...listed, file])(files, signer);
  }),
  failed("documents", "the workpapers of deviations left out", otherwise, without(workpaperPath("deviations"))),
  failed("documents", "weeks with more changes", /do not add up to the population/, (files) => {
    const weeks: WeeksPart = JSON.parse(textOf(files, partPaths.weeks));
    const changed = (weeks.change ?? []).map((week, index) =>
      index === 0 ? { ...week, count: week.count + 1 } : week,
    );
    files.set(partPaths.weeks, Buffer.from(encodeCanonical({ ...weeks, change: changed })));
  }),
  {
    name: "not-reperformed documents of another version, as its signer says.zip",
    detail: /says that Tickmark 0\.0\.1 wrote it, whose words may be others: verify its documents with that version/,
    values: { expected: /"value":"\d+\.\d+\.\d+"/, found: /"value":"0\.0\.1"/ },
    change: all(
      asIfPassed(workpaperPath("results")),
      onManifest((manifest) => ({ ...manifest, tool: { ...manifest.tool, version: "0.0.1" } })),
    ),
  },
];

/** The first line of the attestations with another payload, signature or key. */
const onFirst = (
  change: (envelope: { payload: string; keyId: string; signature: string }, signer: Signer) => object | Promise<object>,
): DocumentLie["change"] => {
  return async (files, signer) => {
    const [first = "", ...rest] = textOf(files, attestationsPath).split("\n");
    const envelope = readEnvelope(first);
    if (envelope === null) throw new Error("The honest bundle has no attestation.");
    const { payload, keyId, signature } = { ...envelope, ...(await change(envelope, signer)) };
    const members = { ...JSON.parse(first), payload, signatures: [{ keyid: keyId, sig: signature }] };
    files.set(attestationsPath, Buffer.from([encodeCanonical(members), ...rest].join("\n")));
  };
};

/** What openssl signs, with the key in a file of PEM or PKCS#12. */
function signByHand(bytes: Buffer, signer: Signer | null): string {
  using folder = temporaryFolder();
  const key = folder.at("key.pem");
  if (signer === null) openssl(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key]);
  else {
    const pass = ["-passin", `pass:${signer.passphrase}`];
    openssl(["pkcs12", "-in", signer.pkcs12Path, "-nodes", "-nocerts", ...pass, "-out", key]);
  }
  writeFileSync(folder.at("bytes"), bytes);
  openssl(["dgst", "-sha256", "-sign", key, "-out", folder.at("signature"), folder.at("bytes")]);
  return readFileSync(folder.at("signature")).toString("base64");
}

const paeOf = (payload: Buffer) => Buffer.concat([Buffer.from(preAuthenticationHead(payload.length)), payload]);

/** All but the first are held against the data by the check alone, which is the same and takes a tenth of the time. */
export const attestationLies: readonly DocumentLie[] = [
  failed(
    "attestations",
    "signed by another key with openssl",
    /signature of an attestation does not hold/,
    onFirst(({ payload }) => ({ signature: signByHand(paeOf(Buffer.from(payload, "base64")), null) })),
  ),
  failed(
    "attestations",
    "signed over the payload alone with openssl",
    /signature of an attestation does not hold/,
    onFirst(({ payload }, signer) => ({ signature: signByHand(Buffer.from(payload, "base64"), signer) })),
  ),
  failed(
    "attestations",
    "of another result, signed by the signer with openssl",
    /A statement says something else than the data/,
    onFirst(({ payload }, signer) => {
      const lie = Buffer.from(
        Buffer.from(payload, "base64")
          .toString()
          .replace(/"deviations":[1-9]\d*/, '"deviations":0'),
      );
      return { payload: lie.toString("base64"), signature: signByHand(paeOf(lie), signer) };
    }),
    { expected: /0/, found: /[1-9]/ },
  ),
  failed(
    "attestations",
    "of a file with another hash",
    /A statement says something else than the data/,
    async (files, { identity }) => {
      const lines = textOf(files, attestationsPath).trimEnd().split("\n");
      const [first, ...others] = lines.map((line) =>
        JSON.parse(Buffer.from(readEnvelope(line)?.payload ?? "", "base64").toString()),
      );
      const subject = first.subject.map((each: { name: string }) =>
        each.name === partPaths.results ? { ...each, digest: { sha256: "0".repeat(64) } } : each,
      );
      files.set(attestationsPath, Buffer.from(await signStatements([{ ...first, subject }, ...others], identity)));
    },
    { expected: /0{64}/, found: /[0-9a-f]{64}/ },
  ),
  failed(
    "attestations",
    "with one left out",
    /A statement says something else than the data/,
    inText(attestationsPath, /\n[^\n]+\n$/, "\n"),
  ),
  failed(
    "attestations",
    "by somebody else than the signer",
    /name another signer than that of the bundle/,
    async (files) => {
      files.set(attestationSignerPath, Buffer.from((await newSigner()).certificatePem));
    },
  ),
  failed(
    "attestations",
    "that name another key",
    /names another key than the signer's/,
    onFirst(() => ({ keyId: "0".repeat(64) })),
  ),
  failed(
    "attestations",
    "that are none",
    /is no envelope/,
    inText(attestationsPath, '"payload":', '"payload":"","payload":'),
  ),
  failed("attestations", "left out", /lacks its attestations/, without(attestationsPath)),
];

/** @param folder with `signer.p12` */
export function signerIn(folder: string, identity: SigningIdentity, passphrase: string): Signer {
  return { identity, pkcs12Path: join(folder, "signer.p12"), passphrase };
}
