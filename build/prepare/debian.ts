import { spawnSync } from "node:child_process";
import { run } from "./child.ts";
import { CannotPrepare, say } from "./say.ts";

/** One thing that is needed from the system: the Debian packages that bring it, newest name first, and a command to look for elsewhere. */
interface Need {
  readonly packages: readonly [string, ...string[]];
  readonly command?: string;
}

/** What the module that speaks to tokens is compiled with. */
const compilers: readonly Need[] = [{ packages: ["g++"], command: "g++" }];

/** The other parties of the tests: the tools that must accept what Tickmark makes. */
const judges: readonly Need[] = [
  { packages: ["git"], command: "git" },
  { packages: ["openssl"], command: "openssl" },
  // Signs commits for the tests of signatures.
  { packages: ["openssh-client"], command: "ssh-keygen" },
  { packages: ["poppler-utils"], command: "pdfsig" },
  { packages: ["qpdf"], command: "qpdf" },
  { packages: ["libnss3-tools"], command: "certutil" },
  { packages: ["unzip"], command: "unzip" },
  { packages: ["zip"], command: "zip" },
  { packages: ["mupdf-tools"], command: "mutool" },
  // Two judges of PDF/A: a validator of its first part, and a reader of colour profiles.
  { packages: ["default-jre-headless", "openjdk-17-jre-headless"], command: "java" },
  { packages: ["libpdfbox2-java"] },
  { packages: ["libcommons-io-java"] },
  { packages: ["libactivation-java"] },
  { packages: ["libjaxb-api-java"] },
  { packages: ["liblcms2-utils"], command: "transicc" },
  // Makes the reports of changed files that are read.
  { packages: ["aide"], command: "aide" },
  // A token for signing without a device.
  { packages: ["softhsm2"], command: "softhsm2-util" },
  ...compilers,
];

/** What Electron's binary is linked against on Linux. */
const electronLibraries: readonly Need[] = [
  { packages: ["libgtk-3-0t64", "libgtk-3-0"] },
  { packages: ["libnss3"] },
  { packages: ["libasound2t64", "libasound2"] },
  { packages: ["libgbm1"] },
  { packages: ["libxss1"] },
  { packages: ["libxtst6"] },
  { packages: ["libatspi2.0-0t64", "libatspi2.0-0"] },
  { packages: ["libdrm2"] },
  { packages: ["unzip"], command: "unzip" },
];

/** A screen for a machine without one. */
const virtualScreen: readonly Need[] = [
  { packages: ["xvfb"], command: "Xvfb" },
  { packages: ["xauth"], command: "xauth" },
];

/** A keyring, as a desktop has one. */
const keyring: readonly Need[] = [
  { packages: ["gnome-keyring"], command: "gnome-keyring-daemon" },
  { packages: ["libsecret-1-0"] },
  { packages: ["dbus-daemon"], command: "dbus-daemon" },
  { packages: ["dbus-bin", "dbus"], command: "dbus-send" },
];

/** The archiver that electron-builder calls; its own copy is a download. */
const packers: readonly Need[] = [{ packages: ["p7zip-full", "7zip"], command: "7za" }];

export const needsOfPackaging = [...packers, ...compilers, ...electronLibraries];
export const needsOfTests = judges;
export const needsOfWindow = electronLibraries;
export const needsOfWindowTests = [...judges, ...electronLibraries, ...virtualScreen, ...keyring];

/**
 * Sees that the system has what is needed. As root on Debian and its relatives it installs what is missing;
 * otherwise it ends with the command to run.
 */
export async function prepareSystem(needs: readonly Need[]): Promise<void> {
  if (!commandExists("dpkg-query")) {
    requireCommands(needs);
    return;
  }
  const missing = needs.filter((need) => !need.packages.some(isInstalled));
  if (missing.length === 0) {
    return;
  }
  if (process.getuid?.() !== 0) {
    const names = namesOf(missing).join(" ");
    throw new CannotPrepare(
      `These Debian packages are missing: ${names}. Install them and try again:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`,
    );
  }
  await install(missing);
}

async function install(missing: readonly Need[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  // Lists that cannot be refreshed may still be good enough; apt-get install has the last word.
  await run("apt-get", ["update", "-qq"], { env, stdout: "stderr" });
  const names = namesOf(missing);
  say(`installing Debian packages: ${names.join(", ")}`);
  const status = await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], {
    env,
    stdout: "ignore",
  });
  if (status !== 0) {
    throw new CannotPrepare(
      `apt-get could not install ${names.join(" ")}. Its message stands above. Mend that, or run:\n  apt-get update && apt-get install -y --no-install-recommends ${names.join(" ")}`,
    );
  }
}

/** Debian renamed some libraries; takes the name that this release knows. */
function namesOf(needs: readonly Need[]): string[] {
  return needs.map(({ packages }) => packages.find(isAvailable) ?? packages[packages.length - 1] ?? packages[0]);
}

function isInstalled(name: string): boolean {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation.
  const answer = spawnSync("dpkg-query", ["-W", "-f=${db:Status-Status}", name], { encoding: "utf8" });
  return answer.status === 0 && answer.stdout === "installed";
}

function isAvailable(name: string): boolean {
  const answer = spawnSync("apt-cache", ["policy", name], { encoding: "utf8" });
  return answer.status === 0 && /Candidate: (?!\(none\))/.test(answer.stdout);
}

function requireCommands(needs: readonly Need[]): void {
  const missing = needs.flatMap(({ command }) => (command !== undefined && !commandExists(command) ? [command] : []));
  if (missing.length > 0) {
    throw new CannotPrepare(
      `These programs are missing: ${missing.join(", ")}. Install them with your system's package manager and try again.`,
    );
  }
}

function commandExists(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}
