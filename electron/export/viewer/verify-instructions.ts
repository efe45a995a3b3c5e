import { evidencePath, idsPath, partPaths } from "../../../shared/bundle/bundle-parts.ts";
import {
  asicManifestPath,
  manifestPath,
  mimetypePath,
  sha256sumsPath,
  signaturePath,
} from "../../../shared/bundle/container-names.ts";
import {
  attestationSignerPath,
  attestationsPath,
  oscalPaths,
  workbookPath,
} from "../../../shared/bundle/document-paths.ts";
import { redactionLogPath } from "../../../shared/bundle/redaction/redaction-log.ts";
import type { Sha256 } from "../../../shared/model/digest.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../shared/model/report.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { showInline, showLines } from "./page/visible-text.js";

/**
 * `VERIFY.md` of the bundle: what anyone can check with openssl, sha256sum, git, pdfsig and unzip, without Tickmark, and
 * what each check tells.
 */
export function verifyInstructions(content: ReportContent): string {
  // Of an earlier freeze only the digest is kept: the ids in the bundle are those of the newest.
  const digests = new Map(content.freezes.map(({ population, digest }) => [population, digest]));
  const sections = [
    introduction(content),
    unpack(),
    signature(content),
    timestamps(),
    files(),
    nothingElse(),
    report(),
    evidence(),
    population(digests),
    ...content.draws.map((view, index) => drawAgain(view, index, digests.get(view.draw.population))),
    results(),
    documents(),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Indented, not fenced: no text in it can end it. */
function commands(...lines: readonly string[]): string {
  return lines
    .flatMap((line) => showLines(line))
    .map((line) => `    ${line}`)
    .join("\n");
}

/** Plain words, for a line of Markdown. */
function plain(text: string): string {
  return showInline(text).replace(/[\\`*_{}[\]<>#|~!&]/g, (sign) => `\\${sign}`);
}

function introduction({ engagement, createdAt, toolVersion }: ReportContent): string[] {
  const { period } = engagement;
  return [
    "# How to verify this bundle",
    "",
    `${plain(engagement.entity)}, ${plain(engagement.name)}: ${period.from} to ${period.to} (${plain(period.timeZone)}).`,
    `Made with ${plain(toolVersion)}, as of ${createdAt}.`,
    "",
    "These instructions lie in the bundle. Whoever could alter the bundle could alter them, so read each command before you",
    "run it: none of them needs the network or changes a file of the bundle; what they write lies beside it.",
    "",
    "You need: `unzip`, `openssl` 3, `sha256sum` and `sort` (GNU coreutils), `awk`, `git`; for the report `pdfsig` (poppler).",
    "Work in a shell (bash), in an empty folder. `BUNDLE.zip` stands for the file that you were given.",
    "",
    "Order matters: the signature comes first, because without it all other checks only show that the bundle agrees with",
    "itself, and a forger would see to that.",
  ];
}

function unpack(): string[] {
  return [
    "## 1. Unpack",
    "",
    commands("unzip -q BUNDLE.zip -d bundle && cd bundle"),
    "",
    "`unzip` must not warn. A warning about names, sizes or extra bytes means: stop, and ask for a new bundle.",
  ];
}

function signature({ signer, createdAt }: ReportContent): string[] {
  const verify = 'openssl cms -verify -cades -binary -inform DER -in "$signature" -content "$list"';
  return [
    "## 2. The signatures, and who signed",
    "",
    "`../root.pem` holds the certificates that you trust. Get them, or their fingerprints, from the signers by another way than",
    "this bundle: from a colleague, a signed letter, an earlier engagement. They are not in here, since a forger would put his own.",
    `\`${signaturePath}\` is of whoever exported the bundle; others may have signed the same files after that.`,
    "",
    commands(
      "for signature in META-INF/signature*.p7s; do",
      `  list="$(printf %s "$signature" | sed 's/signature/ASiCManifest/; s/p7s$/xml/')"`,
      `  ${verify} -CAfile ../root.pem -signer ../signer.pem -out /dev/null &&`,
      '    openssl x509 -in ../signer.pem -noout -subject -dates -fingerprint -sha256 || echo "NOT SIGNED: $signature"',
      "done",
    ),
    "",
    'Each must say "CMS Verification successful" (older versions: "Verification successful"), and then who it was.',
    `The bundle says of itself that it was exported by ${plain(signer.subject)}, with a certificate of this SHA-256 fingerprint:`,
    "",
    commands(signer.fingerprint),
    "",
    "A name can be put into any certificate, and this line by anyone: compare the fingerprint with the one that you were given.",
    "What each signer claims to be (preparer, reviewer, partner), which nobody confirms:",
    "",
    commands("grep -aoE 'preparer|reviewer|partner' META-INF/signature*.p7s"),
    "",
    "Each signature is over a list of its own. That they name the same files is so when this prints 1:",
    "",
    commands(
      'for list in META-INF/ASiCManifest*.xml; do grep -v SigReference "$list" | sha256sum; done | sort -u | wc -l',
    ),
    "",
    "- Without a certificate to trust, put `-noverify` in place of `-CAfile ../root.pem`. Then you know that nothing changed since",
    "  it was signed, and not by whom.",
    "- If a certificate has expired since, add `-attime` with seconds since 1970: of the time in a timestamp, below; or, if you",
    "  have reason to believe that it was signed before (without a timestamp the time is the signer's own word), such as",
    `  \`-attime $(date -u -d '${createdAt}' +%s)\`.`,
  ];
}

function timestamps(): string[] {
  return [
    "## 2.1. The timestamps",
    "",
    "A timestamp says that a signature was there at a time. It is the word of an authority whose certificate, `../tsa-root.pem`,",
    "you trust, and must have from another place than this bundle. This takes each one out of its signature and checks it:",
    "",
    commands(
      `(cd .. && pdfsig -dump bundle/${partPaths.report} > /dev/null)`,
      `for signature in META-INF/signature*.p7s ../${partPaths.report}.sig*; do`,
      '  openssl asn1parse -inform DER -in "$signature" 2> /dev/null |',
      "    sed 's/^ *\\([0-9]*\\):d=[0-9 ]*hl=\\([0-9]*\\) *l= *\\([0-9]*\\) /\\1 \\2 \\3 /' |",
      "    awk '/OCTET STRING/ { value = $1 + $2 + 1; size = $3 }",
      "      token && /SEQUENCE/ { print value, size, $1 + 1, $2 + $3; exit }",
      "      /id-smime-aa-timeStampToken/ { token = 1 }' > ../places",
      "  if read -r value size token length < ../places; then",
      '    tail -c +"$value" "$signature" | head -c "$size" > ../value.bin',
      '    tail -c +"$token" "$signature" | head -c "$length" > ../token.tst',
      "    echo \"$signature: $(openssl ts -reply -token_in -in ../token.tst -token_out -text | grep 'Time stamp:')\"",
      "    openssl ts -verify -token_in -in ../token.tst -data ../value.bin -CAfile ../tsa-root.pem",
      '  else echo "$signature: no timestamp"; fi',
      "done",
    ),
    "",
    'Each time must be followed by "Verification: OK". A signature without a timestamp has only its signer\'s word for its time.',
    "A report that others signed or stamped later lies beside the bundle; the one in it stays as it was first signed.",
  ];
}

function files(): string[] {
  return [
    "## 3. Every file is the one that was signed",
    "",
    `The first signature is over \`${asicManifestPath}\`, which names the SHA-256 of every file in base64. This prints the files that`,
    "differ, and nothing when there is none:",
    "",
    commands(
      `sed -n 's/.*<asic:DataObjectReference URI="\\([^"]*\\)".*<ds:DigestValue>\\([^<]*\\)<.*/\\2 \\1/p' ${asicManifestPath} |`,
      "while read -r digest path; do",
      '  found="$(openssl dgst -sha256 -binary -- "$path" | openssl base64)"',
      '  [ "$found" = "$digest" ] || echo "DIFFERS: $path"',
      "done",
    ),
    "",
    `The same in one step, since \`${sha256sumsPath}\` is one of these files and lists the others in hexadecimal:`,
    "",
    commands(`sha256sum --strict --quiet -c ${sha256sumsPath} && echo all files agree`),
  ];
}

function nothingElse(): string[] {
  const uncovered = [mimetypePath, sha256sumsPath, "META-INF/ASiCManifest*.xml", "META-INF/signature*.p7s"];
  return [
    "## 4. There is no file besides",
    "",
    "A file that is not listed is not signed. This prints such files, and nothing when there is none:",
    "",
    commands(
      `{ sed 's/^[0-9a-f]*  //' ${sha256sumsPath}; printf '%s\\n' ${uncovered.join(" ")}; } | LC_ALL=C sort > ../listed`,
      "find . ! -type d -printf '%P\\n' | LC_ALL=C sort | LC_ALL=C comm -13 ../listed -",
    ),
    "",
    `The page \`${partPaths.viewer}\` and this text are among the signed files; so is \`${manifestPath}\`, for programs.`,
  ];
}

function report(): string[] {
  return [
    "## 5. The report",
    "",
    `\`${partPaths.report}\` is signed by itself too, so that it can be passed on alone. \`pdfsig\` takes the certificates that it`,
    "trusts from a database, made here with `certutil` (NSS tools):",
    "",
    commands(
      "mkdir ../nss && certutil -N -d sql:../nss --empty-password",
      "certutil -A -d sql:../nss -n root -t CT,C,C -i ../root.pem",
      `pdfsig -nssdir sql:../nss ${partPaths.report}`,
    ),
    "",
    'It must say "Signature is Valid.", "Certificate is Trusted." and "Total document signed".',
  ];
}

function evidence(): string[] {
  const listed = '"format":"git.commit","locator":"git:\\([0-9a-f]*\\)".*"sha256":"\\([0-9a-f]*\\)"';
  return [
    "## 6. The evidence",
    "",
    "Raw records are named by their SHA-256. This prints those that are not, and nothing when there is none:",
    "",
    commands(`awk '$2 ~ /^evidence\\/[0-9a-f]+$/ && $2 != "evidence/" $1 { print "MISNAMED: " $2 }' ${sha256sumsPath}`),
    "",
    "Commits are kept as git keeps them, so that git's own ids follow from them. This prints commits whose id does not, and those of",
    `which the bundle has a redacted copy (\`${redactionLogPath}\` lists them, with the hashes of the originals):`,
    "",
    commands(
      `sed -n 's/.*${listed}.*/\\1 \\2/p' ${partPaths.evidenceIndex} |`,
      "while read -r id sha256; do",
      `  [ -f "${evidencePath("$sha256")}" ] || { echo "REDACTED: $id"; continue; }`,
      `  found="$(git hash-object --literally -t commit --stdin < "${evidencePath("$sha256")}")"`,
      '  [ "$found" = "$id" ] || echo "DIFFERS: $id"',
      "done",
    ),
    "",
    `A single one: \`git hash-object -t commit --stdin < evidence/<sha256>\` prints its id. \`${partPaths.evidenceIndex}\` says of`,
    "each record where it came from and when it was received. Look at raw records in a text editor: they were written by",
    "the systems under audit, and a browser could take one for a page and run what is in it.",
  ];
}

function population(digests: ReadonlyMap<PopulationKind, Sha256>): string[] {
  return [
    "## 7. The population",
    "",
    "Before a seed was given, the ids of all items were frozen under one digest. This must come out the same:",
    "",
    commands(...[...digests].map(([kind, digest]) => `LC_ALL=C sort ${idsPath(kind)} | sha256sum   # ${digest}`)),
  ];
}

function drawAgain({ draw, command, sentences }: DrawView, index: number, digest: Sha256 | undefined): string[] {
  const title = `## 8.${index + 1}. The draw of ${nounsOf(draw.population)} (${plain(draw.id)})`;
  if (draw.populationDigest !== digest) {
    return [
      title,
      "",
      "It was made from an earlier freeze, whose ids are not in this bundle: it cannot be made again from here.",
    ];
  }
  const isNamed = draw.method === "targeted" || draw.method === "haphazard";
  const order = draw.method === "everything" ? "all of them" : isNamed ? "in byte order" : "in their order";
  const outcome = `This must print the items of this draw in \`${partPaths.draws}\`, ${order}.`;
  const drawn = [...describeMethod(draw), ...sentences].map(plain);
  return [title, "", ...drawn, "", commands(command), "", outcome];
}

/** How the method chooses, in a sentence or two. */
function describeMethod({ method, purpose, size }: DrawView["draw"]): string[] {
  const key = "Each id gets the SHA-256 of the seed, a vertical bar and the id";
  switch (method) {
    case "rank":
      if (purpose.kind === "initial") return [`${key}; the ${size} lowest are the sample.`];
      return [`${key}; it has the ${size} lowest after those that were drawn before.`];
    case "systematic":
      if (purpose.kind === "replacement") return ["It has the next id in byte order that was not in use."];
      return ["It has every so many of the ids in byte order, from a start that the SHA-256 of the seed gives."];
    case "stratified":
      return [`${key}; of each stratum it has the lowest, as many as the stratum's share.`];
    case "targeted":
    case "haphazard":
      return ["The auditor named the items, so that there is nothing to draw again; each must be in the population."];
    case "everything":
      return ["Everything was tested; the items are all ids of the population."];
  }
}

function results(): string[] {
  return [
    "## 9. The results",
    "",
    `\`${partPaths.catalog}\` holds the rules, in CEL (Common Expression Language); \`items/*.jsonl\` what they read; \`${partPaths.results}\``,
    "each outcome with the values that it rests on. Any implementation of CEL can evaluate them again. What people said stands",
    `beside the results and changes none of them: \`${partPaths.judgements}\`, \`${partPaths.exceptions}\`, \`${partPaths.signOffs}\` and`,
    `\`${partPaths.reviewNotes}\`, each act in \`${partPaths.activityLog}\` too; what became of it says \`${partPaths.standing}\`. Tickmark`,
    "does all of it again, from the raw evidence to the counts as tested and as judged, along with all of the above; then it writes the",
    "report, the page, these instructions and what section 10 names again from the data, and compares:",
    "",
    commands("tickmark verify BUNDLE.zip"),
  ];
}

function documents(): string[] {
  return [
    "## 10. For other programs",
    "",
    `\`${oscalPaths.results}\` and the plan beside it say the same in OSCAL (NIST), \`${workbookPath}\` and the CSV files beside it for a`,
    "spreadsheet. They are written from the files above and are among the signed ones. Of a sample of thousands OSCAL, the workbook and",
    "the page hold deviations first, as far as there is room, and say what they leave out: the files above and the CSV files are whole.",
    `\`${attestationsPath}\` holds in-toto statements in DSSE envelopes, for whoever decides by commit. Each is signed by itself, with the`,
    "key of whoever exported the bundle. This must print the fingerprint of section 2, and then OK for each statement:",
    "",
    commands(
      `openssl x509 -in ${attestationSignerPath} -noout -fingerprint -sha256`,
      `openssl x509 -in ${attestationSignerPath} -noout -pubkey > ../attester.pub`,
      "while read -r line; do",
      '  printf %s "$line" | sed \'s/.*"payload":"\\([^"]*\\)".*/\\1/\' | openssl base64 -d -A > ../statement.json',
      '  printf %s "$line" | sed \'s/.*"sig":"\\([^"]*\\)".*/\\1/\' | openssl base64 -d -A > ../statement.sig',
      "  { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' \"$(wc -c < ../statement.json)\"; cat ../statement.json; } > ../statement.pae",
      "  openssl dgst -sha256 -verify ../attester.pub -signature ../statement.sig ../statement.pae",
      `done < ${attestationsPath}`,
    ),
  ];
}
