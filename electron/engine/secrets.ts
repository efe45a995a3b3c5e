import { readFileSync } from "node:fs";
import { TickmarkError } from "../../shared/errors.ts";
import type { SecretPlace } from "../../shared/model/source-parts.ts";

/**
 * Reads a secret from where it is kept. It goes to the driver that asked and nowhere else.
 * @throws secret-missing
 */
export function readSecret(place: SecretPlace): string {
  const secret =
    place.in === "environment" ? process.env[place.name] : place.in === "file" ? readFrom(place.path) : undefined;
  if (secret) return secret.trim();
  const where = {
    environment: () => `The environment variable ${"name" in place ? place.name : ""} is not set.`,
    file: () => `The file ${"path" in place ? place.path : ""} cannot be read or is empty.`,
    keychain: () => `The keychain has no entry ${"name" in place ? place.name : ""} for this program.`,
  }[place.in]();
  throw new TickmarkError("secret-missing", where, "Put the token there, readable by you alone, and try again.");
}

function readFrom(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
