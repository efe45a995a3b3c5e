import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SignatureInvalid } from "../../../electron/cms/signature-invalid.ts";
import { signDetached } from "../../../electron/export/cms.ts";
import { timestampSignature } from "../../../electron/export/timestamp/signature-timestamp.ts";
import { requestTimestamp } from "../../../electron/export/timestamp/timestamp-authority.ts";
import { type CmsSignature, verifyCms } from "../../../electron/verifier/cms-signature.ts";
import { parseRevocationList, type RevocationList } from "../../../electron/verifier/revocation-list.ts";
import { judgeSigner, type Yardstick } from "../../../electron/verifier/signature-verdict.ts";
import type { Check, CheckId } from "../../../shared/model/verification-report.ts";
import { openssl, temporaryFolder } from "../export/real-tools.ts";
import { newSigner, type Signer } from "../export/signers.ts";
import { startTimestampServer, type TimestampServer } from "../export/timestamp-server.ts";

const folder = temporaryFolder();
const digest = createHash("sha256").update("what is signed").digest();
const day = 24 * 60 * 60 * 1000;
const addedAt = "2025-01-02T00:00:00.000Z";
/** When the test runs is when the authority stamps. */
const stampedAt = new Date();
const inTenYears = new Date(stampedAt.getTime() + 3650 * day);
const soon = new Date(stampedAt.getTime() + 30 * day).toISOString();

let clock: TimestampServer;
let ada: Signer;
let plain: Buffer;
let stamped: Buffer;

beforeAll(async () => {
  clock = await startTimestampServer();
  ada = await newSigner({ validFrom: "2025-01-01T00:00:00Z", validTo: soon });
  const signedAt = new Date(stampedAt.getTime() - 60_000).toISOString();
  plain = await signDetached(digest, ada.identity, "cades", { signedAt });
  stamped = await timestampSignature(plain, (sha256) => requestTimestamp({ url: clock.url }, sha256));
});
afterAll(async () => {
  await clock.close();
  folder[Symbol.dispose]();
});

function judge(der: Buffer, over: Partial<Yardstick> = {}) {
  const signature = verifyCms(der, digest);
  return judgeSigner(signature, signature.signingTime ?? "", {
    signers: [{ name: "Ada", fingerprint: ada.fingerprint, addedAt }],
    timestampAuthorities: [{ name: "Clock", fingerprint: clock.rootFingerprint, addedAt }],
    revocationLists: [],
    now: stampedAt,
    ...over,
  });
}

function checkOf(verdict: { readonly checks: readonly Check[] }, id: CheckId): Check | undefined {
  return verdict.checks.find((check) => check.id === id);
}

function outcomes(verdict: { readonly checks: readonly Check[] }) {
  return Object.fromEntries(verdict.checks.map(({ id, outcome }) => [id, outcome]));
}

describe("a certificate that has expired since", () => {
  test("was valid, where a trusted authority stamped the signature before", () => {
    const verdict = judge(stamped, { now: inTenYears });
    expect(outcomes(verdict)).toMatchObject({ certificate: "passed", timestamp: "passed", trust: "passed" });
    expect(checkOf(verdict, "certificate")?.detail).toContain(`It has expired since, on ${soon.slice(0, 19)}`);
  });

  test.each<[string, () => Buffer, Partial<Yardstick>]>([
    ["without a timestamp", () => plain, {}],
    ["with the timestamp of an authority on no list", () => stamped, { timestampAuthorities: [] }],
  ])("is not possible to confirm %s, and the time is called the signer's own claim", (_name, der, over) => {
    const verdict = judge(der(), { now: inTenYears, ...over });
    expect(checkOf(verdict, "certificate")).toMatchObject({
      outcome: "not-possible",
      detail: expect.stringContaining("is claimed by the signer alone"),
    });
  });
});

describe("a timestamp", () => {
  test("is trusted by the list of the one who verifies: root, or the authority's own certificate", () => {
    expect(outcomes(judge(stamped))).toMatchObject({ timestamp: "passed" });
    const own = judge(stamped).timestamp?.fingerprint ?? "";
    const pinned = [{ name: "Clock", fingerprint: own, addedAt }];
    expect(outcomes(judge(stamped, { timestampAuthorities: pinned }))).toMatchObject({ timestamp: "passed" });
  });

  test("of anybody else proves nothing, and its fingerprint is shown to be compared", () => {
    const verdict = judge(stamped, { timestampAuthorities: [] });
    expect(checkOf(verdict, "timestamp")).toMatchObject({
      outcome: "not-possible",
      detail: expect.stringContaining(verdict.timestamp?.fingerprint ?? "none"),
    });
    expect(verdict.timestamp).toMatchObject({ trusted: false });
  });

  test("of another signature fails", async () => {
    const other = await signDetached(digest, ada.identity, "cades", { signedAt: "2025-07-01T00:00:00.000Z" });
    const token = tokenIn(stamped);
    const moved = await timestampSignature(other, async () => token);
    const verdict = judge(moved);
    expect(checkOf(verdict, "timestamp")).toMatchObject({
      outcome: "failed",
      detail: "The timestamp is over something else.",
      expected: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(verdict.timestamp).toBeNull();
  });

  test("that was given long before the signer says to have signed fails", async () => {
    const signedAt = new Date(stampedAt.getTime() + 20 * day).toISOString();
    const later = await signDetached(digest, ada.identity, "cades", { signedAt });
    const both = await timestampSignature(later, (sha256) => requestTimestamp({ url: clock.url }, sha256));
    const verdict = judge(both, { now: inTenYears });
    expect(checkOf(verdict, "timestamp")).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("before that"),
    });
  });

  test("changed by one byte is never taken for one that holds", () => {
    // The parameters of the digest in it, which nothing signs: NULL, and as long as nothing.
    const parameters = stamped.indexOf(Buffer.from("608648016503040201" + "0500", "hex"), plain.length - 40) + 9;
    const every = Array.from(
      { length: Math.ceil((stamped.length - plain.length) / 11) },
      (_, at) => plain.length + at * 11,
    );
    for (const at of [parameters, ...every]) {
      const changed = Buffer.from(stamped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect([at, isTaken(changed)]).toEqual([at, false]);
    }
  });

  test("is the only thing that may stand beside a signature", async () => {
    const other = await timestampSignature(plain, async () => tokenIn(stamped));
    const type = Buffer.from("060b2a864886f70d010910020e", "hex");
    const at = other.indexOf(type);
    other[at + type.length - 1] = 0x0f;
    expect(() => verifyCms(other, digest)).toThrow(/which nobody signed/);
  });

  function isTaken(der: Buffer): boolean {
    try {
      return judge(der).timestamp?.trusted === true;
    } catch (error) {
      if (error instanceof SignatureInvalid) return false;
      throw error;
    }
  }
});

/** The token in a stamped signature: the attribute's one value, at its end. */
function tokenIn(der: Buffer): Buffer {
  const at = der.indexOf(Buffer.from("060b2a864886f70d010910020e", "hex")) + 13;
  // SET with two bytes of length, then the token to the end.
  return der.subarray(at + 4);
}

describe("a certificate that was revoked", () => {
  const before = new Date(stampedAt.getTime() - 5 * day);
  const after = new Date(stampedAt.getTime() + 5 * day);
  const late = new Date(stampedAt.getTime() + 10 * day);
  let signature: Record<"plain" | "stamped", Buffer>;
  let holder: CmsSignature;

  /** A signer under an authority that can still say something, unlike the root of an identity made here. */
  beforeAll(async () => {
    const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    const run = (args: readonly string[]) => openssl(args, { cwd: folder.path });
    const ca = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"];
    run(["req", "-x509", ...ec, "-subj", "/CN=Office", "-days", "9000", ...ca, "-keyout", "ca.key", "-out", "ca.pem"]);
    run(["req", "-new", ...ec, "-subj", "/CN=Holder", "-keyout", "holder.key", "-out", "holder.csr"]);
    const issuer = ["-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "0x1234", "-days", "400"];
    run(["x509", "-req", "-in", "holder.csr", ...issuer, "-out", "holder.pem"]);
    writeFileSync(folder.at("text"), "what is signed");
    const files = ["-in", "text", "-signer", "holder.pem", "-inkey", "holder.key", "-certfile", "ca.pem"];
    run(["cms", "-sign", "-cades", "-md", "sha256", "-binary", "-outform", "DER", ...files, "-out", "made.p7s"]);
    const made = readFileSync(folder.at("made.p7s"));
    const withStamp = await timestampSignature(made, (sha256) => requestTimestamp({ url: clock.url }, sha256));
    signature = { plain: made, stamped: withStamp };
    holder = verifyCms(made, digest);
  });

  /** A revocation list of the office, as openssl makes it. */
  function list(revokedAt: Date | null, issuedAt: Date, days = 365, reason = "keyCompromise"): RevocationList {
    const time = (moment: Date) => moment.toISOString().slice(2, 19).replace(/[-T:]/g, "");
    const entry = `R\t350101000000Z\t${revokedAt ? time(revokedAt) : ""}Z,${reason}\t1234\tunknown\t/CN=Holder\n`;
    writeFileSync(folder.at("index"), revokedAt === null ? "" : entry);
    writeFileSync(folder.at("ca.cnf"), "[ca]\ndefault_ca=d\n[d]\ndatabase=index\ndefault_md=sha256\n");
    const end = new Date(issuedAt.getTime() + days * day);
    const dates = ["-crl_lastupdate", `${time(issuedAt)}Z`, "-crl_nextupdate", `${time(end)}Z`];
    const files = ["-keyfile", "ca.key", "-cert", "ca.pem", "-out", "list.pem"];
    openssl(["ca", "-gencrl", "-config", "ca.cnf", ...files, ...dates], { cwd: folder.path });
    const parsed = parseRevocationList(readFileSync(folder.at("list.pem")));
    if (parsed === null) throw new Error("no list");
    return parsed;
  }

  function judgeHolder(which: "plain" | "stamped", lists: readonly RevocationList[], over: Partial<Yardstick> = {}) {
    const trusted = { name: "H", fingerprint: holder.signer.fingerprint256.replaceAll(":", "").toLowerCase(), addedAt };
    return judge(signature[which], { signers: [trusted], revocationLists: lists, now: late, ...over });
  }

  test("before it signed fails, with time and reason, and nobody is trusted by it", () => {
    const verdict = judgeHolder("stamped", [list(before, late)]);
    expect(outcomes(verdict)).toMatchObject({ certificate: "passed", revocation: "failed", trust: "not-possible" });
    expect(checkOf(verdict, "revocation")?.detail).toMatch(
      /revoked at .* \(the key is known to others\), before it signed/,
    );
  });

  test("after it signed still counts where a trusted authority stamped it before, and only there", () => {
    expect(outcomes(judgeHolder("stamped", [list(after, late)]))).toMatchObject({
      revocation: "passed",
      trust: "passed",
    });
    const verdict = judgeHolder("plain", [list(after, late)]);
    expect(checkOf(verdict, "revocation")).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("is claimed by the signer alone"),
    });
  });

  test("is told apart from one that was not, and from one of which nobody can tell", () => {
    expect(outcomes(judgeHolder("plain", [list(null, late)]))).toMatchObject({ revocation: "passed" });
    const unknown = judgeHolder("plain", []);
    expect(checkOf(unknown, "revocation")).toMatchObject({
      outcome: "not-possible",
      detail: expect.stringContaining("nothing is looked up in a network"),
    });
    const outdated = judgeHolder("plain", [list(null, before, 1)]);
    expect(checkOf(outdated, "revocation")).toMatchObject({
      outcome: "not-possible",
      detail: expect.stringContaining("out of date"),
    });
  });

  test("by somebody who is not its issuer is not revoked", () => {
    const ours = list(before, late);
    const run = (args: readonly string[]) => openssl(args, { cwd: folder.path });
    const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    run(["req", "-x509", ...ec, "-subj", "/CN=Office", "-days", "9000", "-keyout", "twin.key", "-out", "twin.pem"]);
    run([
      "ca",
      "-gencrl",
      "-config",
      "ca.cnf",
      "-keyfile",
      "twin.key",
      "-cert",
      "twin.pem",
      "-crldays",
      "99",
      "-out",
      "twin.crl",
    ]);
    const theirs = parseRevocationList(readFileSync(folder.at("twin.crl")));
    expect(outcomes(judgeHolder("plain", [theirs ?? ours]))).toMatchObject({ revocation: "not-possible" });
  });

  test("is so too by the own list of the one who verifies, where no issuer can say it", () => {
    const signers = [{ name: "Ada", fingerprint: ada.fingerprint, addedAt, revokedAt: before.toISOString() }];
    expect(outcomes(judge(stamped, { signers }))).toMatchObject({ revocation: "failed", trust: "not-possible" });
    const later = [{ name: "Ada", fingerprint: ada.fingerprint, addedAt, revokedAt: after.toISOString() }];
    expect(outcomes(judge(stamped, { signers: later }))).toMatchObject({ revocation: "passed", trust: "passed" });
  });

  test("what is no revocation list, or not a whole one, is not taken for one", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from("text"), readFileSync(folder.at("ca.pem"))])
      expect(parseRevocationList(bytes)).toBeNull();
  });
});
