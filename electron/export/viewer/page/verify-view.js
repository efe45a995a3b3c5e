import { code, element, factList } from "./elements.js";
import { rememberFiles } from "./evidence-links.js";
import { checkFolder, filesByPath, sha256Hex } from "./folder-check.js";
import { formatCount } from "./phrases.js";
import { showInline } from "./visible-text.js";

/** What this page can tell, what it cannot, and where to find out. */
export function verifyView(data) {
  return [
    element("h1", null, "How to verify"),
    element(
      "p",
      null,
      "This page shows what the bundle says. It came with the bundle, so whoever could alter the bundle could alter this page, and everything that it says about itself. Only the check of the signature, with a tool and a certificate that did not come with the bundle, tells whether anything was altered and who signed.",
    ),
    element(
      "p",
      null,
      "The commands for openssl, sha256sum, pdfsig, git and unzip are in ",
      element("a", { href: "VERIFY.md" }, "VERIFY.md"),
      ". Tickmark does all of them, and evaluates every result again: ",
      code("tickmark verify BUNDLE.zip"),
      ".",
    ),
    factList([
      ["Signer, it says", showInline(data.signer.subject)],
      ["Compare this fingerprint", code(data.signer.fingerprint)],
      ["Activity log", [`${formatCount(data.activityCount)} entries, hash of the last: `, code(data.activityHead)]],
      ["Catalog", code(data.catalogSha256)],
    ]),
    element("h2", null, "Compare the files with the manifest"),
    element(
      "p",
      null,
      "Choose the folder that the bundle was unpacked to. Nothing leaves this computer. This finds files that were damaged or mixed up; it does not find a forgery, since a forger would write a fitting manifest.",
    ),
    folderChooser(),
  ];
}

function folderChooser() {
  const report = element("div", { role: "status" });
  if (!globalThis.crypto?.subtle) {
    report.append(
      "This browser does no hashing on pages that are opened from disk. Use sha256sum -c SHA256SUMS instead.",
    );
  }
  const input = element("input", {
    type: "file",
    webkitdirectory: true,
    "aria-label": "Folder of the unpacked bundle",
    // Or the same folder, chosen again, would count as no change.
    onclick: () => {
      input.value = "";
    },
    onchange: () => compare(filesByPath(input.files), report),
  });
  return [input, report];
}

async function compare(files, report) {
  rememberFiles(files);
  if (!globalThis.crypto?.subtle) return;
  const progress = (done, total) => {
    report.textContent = `Comparing file ${formatCount(done + 1)} of ${formatCount(total)} …`;
  };
  const problems = await checkFolder(files, sha256Hex, progress).catch((error) => [
    `The folder cannot be compared: ${error.message}`,
  ]);
  const verdict =
    problems.length === 0
      ? element(
          "p",
          null,
          "Every file is the one that the manifest names, and there is no other. Who wrote the manifest is told only by the signature.",
        )
      : element("p", { class: "missing" }, `${formatCount(problems.length)} of the files differ from the manifest:`);
  const list = problems.slice(0, 200).map((problem) => element("li", null, showInline(problem)));
  report.replaceChildren(verdict, element("ul", null, list));
}
