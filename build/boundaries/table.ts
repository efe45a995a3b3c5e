/**
 * What each folder may import: the table of the design, in the one place where it is kept. Everything that a row does
 * not name is refused, for types as well as for code, and so is a folder without a row.
 */
export interface Boundary {
  /** Folder, or file, inside the project. The longest one that fits a file is its row. */
  readonly folder: string;
  /** Folders and files of the project. A folder's own files are always allowed. */
  readonly project: readonly string[];
  /** Packages from npm, by name. */
  readonly packages: readonly string[];
  /** Node's own modules, without "node:". */
  readonly node: readonly string[] | "any";
  /** What the row is there to keep out, for whoever meets it. */
  readonly because: string;
}

const nouns = ["shared/model", "shared/ipc", "shared/errors.ts"];
const stages = [
  "shared/facts",
  "shared/population",
  "shared/sample",
  "shared/evaluation",
  "shared/judgement",
  "shared/bundle",
];

const pure = { node: [], because: "shared/ is pure: no Node, no network, no store, no window" } as const;
const stage = {
  ...pure,
  because: "a stage takes what the stage before it made, and nothing else, so that verification can run it again",
} as const;

export const boundaries: readonly Boundary[] = [
  { folder: "shared/errors.ts", project: [], packages: ["zod"], ...pure },
  // Patterns of others run in time that grows with their texts, and no regular expression of JavaScript does.
  { folder: "shared/model", project: nouns, packages: ["zod", "re2js"], ...pure, because: "the nouns know no stage" },
  { folder: "shared/ipc", project: nouns, packages: ["zod"], ...pure, because: "the contract knows nouns, no stage" },

  // XML and YAML are read by packages that neither open files nor follow what a document points to.
  { folder: "shared/facts", project: nouns, packages: ["zod", "saxes", "yaml"], ...stage },
  { folder: "shared/population", project: [...nouns, "shared/facts"], packages: ["zod"], ...stage },
  { folder: "shared/sample", project: [...nouns, "shared/population"], packages: ["zod"], ...stage },
  {
    folder: "shared/evaluation",
    // A conclusion states the sample's limits.
    project: [...nouns, "shared/sample"],
    packages: ["zod", "yaml", "@marcbachmann/cel-js", "re2js"],
    ...stage,
  },
  {
    folder: "shared/judgement",
    // A sign-off is over samples too.
    project: [...nouns, "shared/sample"],
    packages: ["zod"],
    ...stage,
  },
  {
    folder: "shared/bundle",
    // Which evidence belongs to a sampled item is known to the population; what became of a judgement, to the judging.
    project: [...nouns, "shared/population", "shared/sample", "shared/evaluation", "shared/judgement"],
    packages: ["zod"],
    ...stage,
  },
  {
    folder: "shared/verification",
    project: [...nouns, ...stages],
    packages: ["zod"],
    ...pure,
    because: "verification derives everything again from bytes that it is given: it reads and writes nothing itself",
  },

  {
    folder: "electron/sources",
    project: ["shared/model", "shared/errors.ts"],
    packages: ["zod", "yaml", "@zip.js/zip.js"],
    node: "any",
    because: "collecting does not judge and does not store",
  },
  {
    folder: "electron/store",
    project: ["shared/model", "shared/errors.ts"],
    packages: ["zod", "better-sqlite3"],
    node: ["crypto", "fs", "fs/promises", "os", "path", "stream", "url", "util", "zlib"],
    because: "the store keeps what it is given: it neither fetches nor judges",
  },
  {
    folder: "electron/cms",
    project: ["shared/model"],
    packages: ["pkijs", "asn1js"],
    node: ["crypto"],
    because:
      "how a signature is read, the same for who makes one and for who checks one: it knows neither key nor bundle",
  },
  {
    folder: "electron/export",
    project: ["shared/bundle", "shared/model", "shared/errors.ts", "electron/cms"],
    packages: [
      "zod",
      "pdfkit",
      "fontkit",
      "@signpdf/signpdf",
      "@signpdf/utils",
      "pkijs",
      "asn1js",
      "@peculiar/x509",
      "node-forge",
      "pkcs11js",
      "archiver",
    ],
    node: "any",
    because: "an export writes what it is given: it reads neither the store nor a source",
  },
  {
    folder: "electron/verifier",
    // Documents are written again by what wrote them; that has no key, no store and no network either.
    project: [
      "shared",
      "electron/process",
      "electron/cms",
      "electron/export/report",
      "electron/export/viewer",
      "package.json",
    ],
    packages: ["zod", "@zip.js/zip.js", "pkijs", "asn1js", "@peculiar/x509"],
    node: ["buffer", "crypto", "fs", "fs/promises", "os", "path", "stream", "stream/promises", "url", "util", "zlib"],
    because:
      "a bundle is hostile: what reads it has no store, no source, no key, no network, no child process and no window",
  },
  {
    folder: "electron/engine",
    project: [
      "shared",
      "electron/sources",
      "electron/store",
      "electron/export",
      "electron/verifier",
      "electron/process",
      "package.json",
    ],
    packages: ["zod", "yaml"],
    node: "any",
    because: "the engine works the same with and without a window",
  },
  {
    folder: "electron/cli",
    // Verifying runs without the engine, whose store it must not open.
    project: ["shared", "electron/engine", "electron/verifier", "package.json"],
    packages: ["zod", "yaml", "commander"],
    node: "any",
    because: "the command line is the engine without a window, and reaches nothing past the engine and the verifier",
  },
  {
    folder: "electron/process",
    project: ["shared/ipc", "shared/errors.ts"],
    packages: [],
    node: [],
    because: "the channel to the main process carries messages and knows none of them",
  },
  {
    folder: "electron/main",
    project: ["shared/ipc", "shared/errors.ts", "shared/model"],
    packages: ["electron", "zod"],
    node: "any",
    because: "the main process does no work: it must stay responsive",
  },
  {
    folder: "electron/preload",
    project: ["shared/ipc"],
    packages: ["electron"],
    node: [],
    because: "the preload is the typed bridge and nothing else",
  },

  {
    folder: "renderer",
    project: ["shared/ipc", "shared/model"],
    packages: [
      "zod",
      "react",
      "react-dom",
      "react-aria-components",
      "@tanstack/react-query",
      "@tanstack/react-router",
      "@tabler/icons-react",
      "@fontsource-variable/inter",
      "@fontsource-variable/jetbrains-mono",
      "react-markdown",
      "pdfjs-dist",
    ],
    node: [],
    because: "the window shows numbers and never computes them",
  },
];
