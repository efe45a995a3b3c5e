import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";
import { notARepository } from "./git-faults.ts";

/** Where a git source lies. */
export type Location =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "bundle"; readonly path: string }
  | { readonly kind: "tar"; readonly path: string }
  | { readonly kind: "url"; readonly url: string };

/**
 * @param location as the source names it; a relative path is relative to `baseFolder`
 * @throws source-invalid for an address that may not be used, git-not-a-repository, file-missing
 */
export async function findLocation(location: string, baseFolder: string): Promise<Location> {
  if (/^[a-z][a-z0-9+.-]*:(?:\/\/|:)/i.test(location)) return { kind: "url", url: checkUrl(location) };
  const path = resolve(baseFolder, location);
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT" || cause.code === "ENOTDIR") return null;
    throw unreadable(path, cause);
  });
  if (!found && /^[\w.-]+@[\w.-]+:[^\\]/.test(location)) return { kind: "url", url: location };
  if (!found) return missing(location, path);
  if (found.isDirectory()) return { kind: "folder", path };
  if (!found.isFile()) throw notARepository(location, "it is neither a folder nor a file");
  const start = await readStart(path);
  if (/^# v[23] git bundle\n/.test(start.toString("latin1"))) return { kind: "bundle", path };
  if (start.toString("latin1", 257, 262) === "ustar" || path.endsWith(".tar")) return { kind: "tar", path };
  throw notARepository(location, "it is a file, but neither a bundle nor a tar archive");
}

function missing(location: string, path: string): never {
  if (!/\.(?:bundle|tar)$/.test(path)) throw notARepository(location, "nothing is there");
  throw new TickmarkError("file-missing", `${location} is not there.`, "Check the path of the source.");
}

/** A source is kept in the engagement and in the bundle as it is, so its address may hold no secret. */
function checkUrl(location: string): string {
  const scheme = location.slice(0, location.indexOf(":")).toLowerCase();
  if (!["https", "http", "ssh", "git", "file"].includes(scheme) || !location.startsWith("://", scheme.length)) {
    throw new TickmarkError(
      "source-invalid",
      `Repositories are not fetched over ${scheme}.`,
      "Give an https, ssh, git or file address, or the path of a clone.",
    );
  }
  const url = URL.parse(location);
  if (!url) {
    throw new TickmarkError("source-invalid", "The address of the repository cannot be read.", "Check its spelling.");
  }
  const secret = url.password || ((scheme === "https" || scheme === "http") && (url.username || url.search));
  if (secret) {
    throw new TickmarkError(
      "source-invalid",
      `The address of the repository on ${url.host} holds a user, a password or a token.`,
      "Take it out of the address and let a git credential helper or an SSH key give it.",
    );
  }
  return location;
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: unknown): TickmarkError {
  return new TickmarkError("file-unreadable", `${path} cannot be opened.`, "Check its permissions.", { cause });
}
