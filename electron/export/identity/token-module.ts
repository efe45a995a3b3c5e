import type { PKCS11 } from "pkcs11js";
import { TickmarkError } from "../../../shared/errors.ts";

const alreadyInitialised = 0x191; // CKR_CRYPTOKI_ALREADY_INITIALIZED

/** A token's library, loaded and ready. */
export interface TokenModule {
  readonly path: string;
  readonly library: PKCS11;
}

/** A library is loaded once for the life of the process: most of them do not bear to be loaded twice. */
const loaded = new Map<string, TokenModule>();

/**
 * Loads the library that speaks to a token (PKCS#11 2.40).
 *
 * @throws TickmarkError `token-module-missing` when it, or the part of this program that calls it, cannot be loaded
 */
export async function loadTokenModule(path: string): Promise<TokenModule> {
  const known = loaded.get(path);
  if (known !== undefined) return known;
  const library = new (await importCaller()).PKCS11();
  try {
    library.load(path);
  } catch (cause) {
    throw missing(
      `The token's library ${path} cannot be loaded`,
      "Give the path of the PKCS#11 library that came with the token, for this kind of machine.",
      cause,
    );
  }
  try {
    library.C_Initialize();
  } catch (cause) {
    if (codeOf(cause) !== alreadyInitialised)
      throw missing(`The token's library ${path} does not start`, "Check the token's own software.", cause);
  }
  const module = { path, library };
  loaded.set(path, module);
  return module;
}

/** The result that a token's library gave; undefined for other errors. */
export function codeOf(error: unknown): number | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : undefined;
}

/** Compiled on the machine where tokens are used, and absent elsewhere. */
async function importCaller(): Promise<{ PKCS11: typeof PKCS11 }> {
  try {
    // CommonJS: what it exports comes under `default`.
    const { default: caller } = await import("pkcs11js");
    return caller;
  } catch (cause) {
    throw missing(
      "The part of Tickmark that speaks to tokens is not there: it is compiled on the machine",
      "Install a C++ compiler and run `npm rebuild pkcs11js --ignore-scripts=false` in Tickmark's folder.",
      cause,
    );
  }
}

function missing(what: string, action: string, cause: unknown): TickmarkError {
  const reason = cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : String(cause);
  return new TickmarkError("token-module-missing", `${what} (${reason.slice(0, 200)}).`, action, { cause });
}
