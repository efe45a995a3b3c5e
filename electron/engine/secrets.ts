import { readFileSync } from "node:fs";
import { TickmarkError } from "../../shared/errors.ts";
import type { SecretPlace } from "../../shared/model/source-parts.ts";

/** Tokens of the system's keychain by name, lent by the window for one call; without them nobody has a keychain. */
export type LentTokens = Readonly<Record<string, string>>;

/**
 * Reads a secret from where it is kept. It goes to the driver that asked and nowhere else.
 * @throws secret-missing
 */
export function readSecret(place: SecretPlace, lent?: LentTokens): string {
  const secret = secretAt(place, lent);
  if (secret) return secret.trim();
  throw missing(place, lent);
}

function secretAt(place: SecretPlace, lent: LentTokens | undefined): string | undefined {
  switch (place.in) {
    case "environment":
      return process.env[place.name];
    case "file":
      return readFrom(place.path);
    case "keychain":
      return lent !== undefined && Object.hasOwn(lent, place.name) ? lent[place.name] : undefined;
  }
}

function missing(place: SecretPlace, lent: LentTokens | undefined): TickmarkError {
  const putIt = "Put the token there, readable by you alone, and try again.";
  switch (place.in) {
    case "environment":
      return new TickmarkError("secret-missing", `The environment variable ${place.name} is not set.`, putIt);
    case "file":
      return new TickmarkError("secret-missing", `The file ${place.path} cannot be read or is empty.`, putIt);
    case "keychain":
      return lent === undefined
        ? new TickmarkError(
            "secret-missing",
            `The token ${place.name} is in the keychain of Tickmark's window, which the command line does not read.`,
            "Pull this source in the window, or name an environment variable or a file for its token.",
          )
        : new TickmarkError(
            "secret-missing",
            `No token called ${place.name} is kept on this machine, or its keychain does not open it.`,
            "Keep a token of this name: Sources, Tokens. One that was kept until Tickmark closes must be given again.",
          );
  }
}

function readFrom(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
