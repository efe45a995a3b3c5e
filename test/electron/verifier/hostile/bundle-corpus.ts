import { createHash, type X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { signDetached } from "../../../../electron/export/cms.ts";
import type { SigningIdentity } from "../../../../electron/export/identity/signing-identity.ts";
import { timestampSignature } from "../../../../electron/export/timestamp/signature-timestamp.ts";
import { requestTimestamp } from "../../../../electron/export/timestamp/timestamp-authority.ts";
import type { Manifest, ManifestFile } from "../../../../shared/bundle/manifest.ts";
import { encodeCanonical } from "../../../../shared/model/canonical-json.ts";
import { openssl, temporaryFolder } from "../../export/real-tools.ts";
import { sampleParts, signedAt } from "../../export/sample-parts.ts";
import { makePdf } from "../../export/sample-pdf.ts";
import type { Signer } from "../../export/signers.ts";
import { appendUpdate } from "../pdf-update.ts";
import {
  filesOf,
  listName,
  manifestName,
  refit,
  signatureName,
  signedReport,
  signList,
  sumsName,
  textOf,
  writeBundle,
} from "../sample-bundle.ts";

/** Who the bundles are by. The one who verifies trusts Ada and the clock, and nobody else. */
export interface Cast {
  readonly ada: Signer;
  /** Another person, who calls herself the same. */
  readonly impostor: Signer;
  /** Ada's certificate of the year before. */
  readonly expired: Signer;
  /** Ada's certificate of the year after. */
  readonly future: Signer;
  /** URL of the clock, a timestamp authority. */
  readonly clock: string;
}

type Files = Map<string, Buffer>;

/** A container that must not be verified, made of the files of an honest one. */
export interface HostileBundle {
  /** Of the file: the verdict or the code of the error, the check that fails, and what it is. */
  readonly name: string;
  /** What the failed check says. */
  readonly detail: RegExp;
  readonly change: (files: Files, cast: Cast) => void | Promise<void>;
}

const failed = (check: string, what: string, detail: RegExp, change: HostileBundle["change"]): HostileBundle => {
  return { name: `failed ${check} ${what}.zip`, detail, change };
};

/** All lists are made to fit the files, and whoever signs, signs that. */
const resigned = (
  by: keyof Pick<Cast, "ada" | "impostor">,
  change: HostileBundle["change"],
): HostileBundle["change"] => {
  return async (files, cast) => {
    await change(files, cast);
    refit(files, "list");
    await signList(files, cast[by].identity);
  };
};

/** The manifest as `change` leaves it, with all that is signed made to fit: what its own signer can do. */
const withManifest = (change: (manifest: Manifest, files: Files) => void) =>
  resigned("ada", (files) => {
    const manifest: Manifest = JSON.parse(textOf(files, manifestName));
    change(manifest, files);
    files.set(manifestName, Buffer.from(encodeCanonical(manifest)));
  });

const withManifestText = (change: (text: string) => string): HostileBundle["change"] => {
  return (files) => void files.set(manifestName, Buffer.from(change(textOf(files, manifestName))));
};

const fileOf = (manifest: Manifest, path: string): ManifestFile => {
  const file = manifest.files.find((each) => each.path === path);
  if (file === undefined) throw new Error(`The honest bundle has no ${path}.`);
  return file;
};

const containers: readonly HostileBundle[] = [
  failed("container", "of another type", /another type/, (files) => {
    files.set("mimetype", Buffer.from("application/zip"));
  }),
  failed("container", "that does not begin with its type", /does not begin with its type/, (files) => {
    const type = files.get("mimetype") ?? Buffer.alloc(0);
    files.delete("mimetype");
    files.set("mimetype", type);
  }),
  failed("container", "without its type", /does not begin with its type/, (files) => void files.delete("mimetype")),
];

const manifests: readonly HostileBundle[] = [
  failed(
    "manifest",
    "omits a file",
    /"results\.json" is in the archive and not in the manifest/,
    withManifest((manifest) => manifest.files.splice(manifest.files.indexOf(fileOf(manifest, "results.json")), 1)),
  ),
  failed(
    "manifest",
    "repeats a file",
    /appears twice/,
    withManifest((manifest) => {
      const at = manifest.files.findIndex(({ path }) => path === "results.json");
      manifest.files.splice(at, 0, fileOf(manifest, "results.json"));
    }),
  ),
  failed(
    "manifest",
    "repeats a file but for case",
    /one file where case/,
    withManifest((manifest) => {
      manifest.files.unshift({ ...fileOf(manifest, "results.json"), path: "RESULTS.json" });
    }),
  ),
  failed(
    "manifest",
    "lists a file that is not there",
    /"nothing\.json" is missing/,
    withManifest((manifest) => {
      const at = manifest.files.findIndex(({ path }) => path === "report.pdf");
      manifest.files.splice(at, 0, { ...fileOf(manifest, "results.json"), path: "nothing.json" });
    }),
  ),
  failed(
    "manifest",
    "lists a path out of the folder",
    /has the segment "\.\."/,
    withManifest((manifest) => {
      manifest.files.unshift({ ...fileOf(manifest, "results.json"), path: "../evil.json" });
    }),
  ),
  failed(
    "manifest",
    "lists itself",
    /keeps for itself/,
    withManifest((manifest) => {
      const at = manifest.files.findIndex(({ path }) => path === "report.pdf");
      manifest.files.splice(at, 0, { ...fileOf(manifest, "results.json"), path: manifestName });
    }),
  ),
  failed(
    "manifest",
    "lists a signature as a part",
    /keeps for itself/,
    withManifest((manifest) => {
      manifest.files.unshift({ ...fileOf(manifest, "results.json"), path: "META-INF/signature009.p7s" });
    }),
  ),
  failed(
    "manifest",
    "is in another order",
    /is not sorted/,
    withManifest((manifest) => void manifest.files.reverse()),
  ),
  failed(
    "manifest",
    "names a shorter hash",
    /is wrong at "files\.\d+\.sha256"/,
    withManifestText((text) => text.replace(/("sha256":"[0-9a-f]{40})[0-9a-f]{24}/, "$1")),
  ),
  failed(
    "manifest",
    "names a hash by another algorithm",
    /is wrong at "files/,
    withManifestText((text) => text.replace('"sha256":', '"sha1":')),
  ),
  failed(
    "manifest",
    "has a key twice",
    /canonical/,
    withManifestText((text) => text.replace("{", '{"tool":{},')),
  ),
  failed(
    "manifest",
    "is spelt otherwise",
    /canonical/,
    withManifestText((text) => `${text}\n`),
  ),
  failed(
    "manifest",
    "has a negative size",
    /is wrong at "files/,
    withManifestText((text) => text.replace(/"size":\d/, '"size":-1')),
  ),
  failed(
    "manifest",
    "has a part for a purpose that is not known",
    /is wrong at/,
    withManifestText((text) => text.replace('"evidence"', '"evil"')),
  ),
  failed(
    "manifest",
    "is of a format before the first",
    /is wrong at "formatVersion"/,
    withManifestText((text) => text.replace(/("formatVersion":)\d+/, "$10")),
  ),
  failed(
    "manifest",
    "is no JSON",
    /is not JSON/,
    withManifestText((text) => text.slice(0, -1)),
  ),
  failed("manifest", "is not UTF-8", /not UTF-8/, (files) => void files.set(manifestName, Buffer.from([0xff]))),
  failed("manifest", "is not there", /missing/, (files) => void files.delete(manifestName)),
  {
    name: "bundle-format-newer of a newer format.zip",
    detail: /format version \d+; this program reads/,
    change: withManifestText((text) => text.replace(/("formatVersion":)\d+/, "$199")),
  },
  failed("manifest", "and an extra file", /"evil\.html" is in the archive/, (files) => {
    files.set("evil.html", Buffer.from("<script>"));
  }),
  failed("manifest", "and a part too few", /"results\.json" is missing/, (files) => void files.delete("results.json")),
  failed("manifest", "without sums", /missing/, (files) => void files.delete(sumsName)),
  failed("manifest", "with other sums", /says something else/, (files) => {
    files.set(sumsName, Buffer.from(textOf(files, sumsName).replace(/^[0-9a-f]{64}/, "0".repeat(64))));
  }),
  failed("manifest", "and a signature that nobody looks at", /signature002\.p7s" is in the archive/, (files) => {
    files.set("META-INF/signature002.p7s", files.get(signatureName) ?? Buffer.alloc(0));
  }),
  failed("manifest", "and a signed list that is missing", /missing/, (files) => void files.delete(listName)),
];

const hashes: readonly HostileBundle[] = [
  failed("hashes", "of a part that was changed", /"results\.json" is not the one/, (files) => {
    files.set("results.json", Buffer.from("[]"));
  }),
  failed("hashes", "of a part that was emptied", /"results\.json" is not the one/, (files) => {
    files.set("results.json", Buffer.alloc(0));
  }),
  failed("hashes", "of parts that were exchanged", /is not the one.*first of 2/, (files) => {
    const [first, second] = ["evidence/00/a.json", "evidence/01/of-unknown-size.json"] as const;
    const [a, b] = [files.get(first), files.get(second)];
    files.set(first, b ?? Buffer.alloc(0)).set(second, a ?? Buffer.alloc(0));
  }),
];

/** By openssl, so that it can say what our own signing refuses to. */
async function signByOpenssl(files: Files, { key, certificatePem, rootPem }: Signer, options: readonly string[]) {
  using place = temporaryFolder();
  writeFileSync(place.at("list"), files.get(listName) ?? "");
  writeFileSync(place.at("key"), key.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(place.at("certificate"), certificatePem);
  writeFileSync(place.at("root"), rootPem);
  const args = ["cms", "-sign", "-binary", "-in", "list", "-signer", "certificate", "-inkey", "key"];
  openssl([...args, "-certfile", "root", "-outform", "DER", "-out", "signature", ...options], { cwd: place.path });
  files.set(signatureName, readFileSync(place.at("signature")));
}

const signatures: readonly HostileBundle[] = [
  failed("signature", "stripped", /There is no signature to check/, (files) => void files.delete(signatureName)),
  failed("signature", "emptied", /an end missing/, (files) => void files.set(signatureName, Buffer.alloc(0))),
  failed("signature", "with something behind it", /something behind it/, (files) => {
    files.set(signatureName, Buffer.concat([files.get(signatureName) ?? Buffer.alloc(0), Buffer.from([0])]));
  }),
  failed("signature", "over another manifest", /over something else/, async (files, { ada }) => {
    using place = temporaryFolder();
    await writeBundle(place.at("other.zip"), ada.identity, sampleParts(await signedReport(ada.identity)).slice(1));
    const other = await filesOf(place.at("other.zip"));
    for (const name of [listName, signatureName]) files.set(name, other.get(name) ?? Buffer.alloc(0));
  }),
  failed("signature", "of another bundle over this list", /over other content/, async (files, { ada }) => {
    using place = temporaryFolder();
    await writeBundle(place.at("other.zip"), ada.identity, sampleParts(await signedReport(ada.identity)).slice(1));
    files.set(signatureName, (await filesOf(place.at("other.zip"))).get(signatureName) ?? Buffer.alloc(0));
  }),
  failed("signature", "of evidence swapped with its hash updated", /over something else/, (files) => {
    files.set("evidence/00/a.json", Buffer.from("[9]"));
    refit(files, "manifest");
  }),
  failed("signature", "of evidence swapped with every list updated", /over other content/, (files) => {
    files.set("evidence/00/a.json", Buffer.from("[9]"));
    refit(files, "list");
  }),
  failed("signature", "over a list that names a weaker digest", /over something else/, async (files, { ada }) => {
    const list = textOf(files, listName).replace(
      "http://www.w3.org/2001/04/xmlenc#sha256",
      "http://www.w3.org/2000/09/xmldsig#sha1",
    );
    files.set(listName, Buffer.from(list));
    await signList(files, ada.identity);
  }),
  failed("signature", "over a list that leaves a file out", /over something else/, async (files, { ada }) => {
    files.set(listName, Buffer.from(textOf(files, listName).replace(/<asic:DataObjectReference URI="results.*\n/, "")));
    await signList(files, ada.identity);
  }),
  failed("signature", "over a list with another file's hash", /over something else/, async (files, { ada }) => {
    files.set(
      listName,
      Buffer.from(textOf(files, listName).replace(/(URI="results[^>]*>.*DigestValue>)[^<]{8}/, "$1AAAAAAAA")),
    );
    await signList(files, ada.identity);
  }),
  failed("signature", "by SHA-1", /another digest than SHA-256/, (files, { ada }) =>
    signByOpenssl(files, ada, ["-cades", "-md", "sha1"]),
  ),
  failed("signature", "by SHA-512", /another digest than SHA-256/, (files, { ada }) =>
    signByOpenssl(files, ada, ["-cades", "-md", "sha512"]),
  ),
  failed("signature", "that binds no certificate", /does not bind/, (files, { ada }) =>
    signByOpenssl(files, ada, ["-md", "sha256"]),
  ),
  failed("signature", "that brings content of its own", /content of its own/, (files, { ada }) =>
    signByOpenssl(files, ada, ["-cades", "-md", "sha256", "-nodetach"]),
  ),
  failed("signature", "by another key with the trusted certificate", /does not fit the signer's key/, (files, cast) =>
    signAs(files, { ...cast.ada.identity, sign: cast.impostor.identity.sign }),
  ),
  {
    name: "verified-signer-unknown trust of an attacker with the same name.zip",
    detail: /proves nothing: anyone can choose it/,
    change: resigned("impostor", async (files, { impostor }) => {
      files.set("results.json", Buffer.from("[]"));
      files.set("report.pdf", await signedReport(impostor.identity));
    }),
  },
  failed(
    "certificate",
    "of an attacker who brings the trusted ones along",
    /did not come along/,
    async (files, cast) => {
      const [own] = cast.impostor.identity.chain;
      await signAs(files, { ...cast.impostor.identity, chain: [own, ...cast.ada.identity.chain] });
    },
  ),
  failed(
    "report-pdf",
    "of the trusted signer in an attacker's bundle",
    /by somebody else than the bundle/,
    resigned("impostor", (files) => void files.set("results.json", Buffer.from("[]"))),
  ),
  failed(
    "certificate",
    "expired",
    /the certificate was not valid, but from 2024-01-01.* to 2025-01-01/,
    (files, { expired }) => signAs(files, atAnyTime(expired.identity)),
  ),
  failed("certificate", "of the future", /the certificate was not valid, but from 2026-01-01/, (files, { future }) =>
    signAs(files, atAnyTime(future.identity)),
  ),
  failed("certificate", "with a time of signing in the future", /made in the future/, (files, { ada }) =>
    signAs(files, ada.identity, "2031-01-01T00:00:00.000Z"),
  ),
  failed("timestamp", "of another bundle", /over something else/, async (files, { ada, clock }) => {
    const other = await signDetached(createHash("sha256").update("another").digest(), ada.identity, "cades", {
      signedAt,
    });
    let token: Buffer | null = null;
    await timestampSignature(other, async (sha256) => {
      token = await requestTimestamp({ url: clock }, sha256);
      return token;
    });
    files.set(signatureName, await timestampSignature(files.get(signatureName) ?? Buffer.alloc(0), async () => token));
  }),
];

/** What the signer of the bundle could do with the report, and anybody with the one beside it. */
const withReport = (what: string, detail: RegExp, pdf: (cast: Cast) => Promise<Buffer>) =>
  failed(
    "report-pdf",
    what,
    detail,
    resigned("ada", async (files, cast) => void files.set("report.pdf", await pdf(cast))),
  );

const reports: readonly HostileBundle[] = [
  withReport("with an update appended after it was signed", /something was added after/, async ({ ada }) =>
    appendUpdate(await signedReport(ada.identity)),
  ),
  withReport("with two updates appended after it was signed", /something was added after/, async ({ ada }) =>
    appendUpdate(appendUpdate(await signedReport(ada.identity))),
  ),
  withReport("with bytes appended after it was signed", /cannot be found/, async ({ ada }) =>
    Buffer.concat([await signedReport(ada.identity), Buffer.from("\n% more\n")]),
  ),
  withReport("without a signature", /is missing from the PDF/, () => makePdf()),
  withReport("that is no PDF", /cannot be found/, async () => Buffer.from("%PDF-1.7\nnothing more")),
  withReport("of somebody else", /by somebody else than the bundle/, ({ impostor }) => signedReport(impostor.identity)),
  withReport("changed after it was signed", /over other content/, async ({ ada }) =>
    changedInside(await signedReport(ada.identity)),
  ),
];

export const hostileBundles: readonly HostileBundle[] = [
  ...containers,
  ...manifests,
  ...hashes,
  ...signatures,
  ...reports,
];

/** Signs the list that is there. */
async function signAs(files: Files, identity: SigningIdentity, at = signedAt): Promise<void> {
  const digest = createHash("sha256")
    .update(files.get(listName) ?? "")
    .digest();
  files.set(signatureName, await signDetached(digest, identity, "cades", { signedAt: at }));
}

/** Our own signing refuses certificates that are not valid; an attacker's does not. */
function atAnyTime(identity: SigningIdentity): SigningIdentity {
  const always = (certificate: X509Certificate) =>
    new Proxy(certificate, {
      get(target, key) {
        if (key === "validFromDate") return new Date(0);
        if (key === "validToDate") return new Date("2099-01-01T00:00:00Z");
        return Reflect.get(target, key, target);
      },
    });
  const [own, ...above] = identity.chain;
  return { ...identity, chain: [always(own), ...above.map(always)] };
}

function changedInside(pdf: Buffer): Buffer {
  const changed = Buffer.from(pdf);
  const at = changed.indexOf("/MediaBox") + 20;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
