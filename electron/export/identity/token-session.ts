import { createHash } from "node:crypto";
import type { Handle, PKCS11, TokenInfo } from "pkcs11js";
import { TickmarkError } from "../../../shared/errors.ts";
import type { TokenPlace } from "../../../shared/model/signing-key.ts";
import { codeOf, loadTokenModule } from "./token-module.ts";

// PKCS#11 2.40: flags of a session and of a token, kinds of user, results.
const serialSession = 0x4;
const tokenInitialised = 0x400;
const pinFinalTry = 0x20000;
const pinLocked = 0x40000;
const user = 1;
const alreadyLoggedIn = 0x100;
const pinResults = [0xa0, 0xa1, 0xa2, 0xa4]; // incorrect, invalid, length, locked

/** PINs that a token refused, by digest: trying one again would burn another of the few tries. */
const refused = new Set<string>();

export interface TokenSession {
  readonly library: PKCS11;
  readonly handle: Handle;
  readonly pin: string;
}

/**
 * Opens a session with the token and its user, does something in it and ends it. Both are there for as long as that takes.
 *
 * @throws TickmarkError `token-module-missing`, `token-missing`, `identity-ambiguous`, `token-pin-wrong`, `token-failed`
 */
export async function inSession<T>(
  place: TokenPlace,
  pin: string,
  work: (session: TokenSession) => Promise<T>,
): Promise<T> {
  const { library } = await loadTokenModule(place.modulePath);
  try {
    const { slot, info } = findToken(library, place);
    const handle = library.C_OpenSession(slot, serialSession);
    try {
      logIn(library, handle, info, pin);
      return await work({ library, handle, pin });
    } finally {
      // Ends the login too: it is the last session of this program with the token.
      library.C_CloseSession(handle);
    }
  } catch (cause) {
    if (cause instanceof TickmarkError) throw cause;
    throw failed(cause);
  }
}

function findToken(library: PKCS11, place: TokenPlace): { slot: Handle; info: TokenInfo } {
  const tokens = library
    .C_GetSlotList(true)
    .map((slot) => ({ slot, info: library.C_GetTokenInfo(slot) }))
    .filter(({ info }) => (info.flags & tokenInitialised) !== 0);
  const labels = tokens.map(({ info }) => JSON.stringify(info.label.trim())).join(", ");
  const fitting = tokens.filter(({ info }) => place.tokenLabel === undefined || info.label.trim() === place.tokenLabel);
  const [only] = fitting;
  if (only === undefined) {
    const wanted = place.tokenLabel === undefined ? "" : ` called ${JSON.stringify(place.tokenLabel)}`;
    const others = labels === "" ? "" : ` There are: ${labels}.`;
    const message = `No token${wanted} is there.${others}`;
    throw new TickmarkError("token-missing", message, "Plug the token in, or give the label of one that is there.");
  }
  if (fitting.length === 1) return only;
  const message = `Several tokens are there: ${labels}.`;
  throw new TickmarkError("identity-ambiguous", message, "Say which one by its label: --token-label.");
}

/** Tries a PIN at most once: a token locks itself after a few wrong ones. */
function logIn(library: PKCS11, handle: Handle, info: TokenInfo, pin: string): void {
  const name = JSON.stringify(info.label.trim());
  if ((info.flags & pinLocked) !== 0) throw pinWrong(`The token ${name} is locked after wrong PINs.`);
  const attempt = createHash("sha256").update(`${info.serialNumber}\0${info.label}\0${pin}`).digest("hex");
  if (refused.has(attempt))
    throw pinWrong(`The token ${name} has refused this PIN before, and it was not tried again.`);
  try {
    library.C_Login(handle, user, pin);
  } catch (cause) {
    if (codeOf(cause) === alreadyLoggedIn) return;
    if (!pinResults.includes(codeOf(cause) ?? 0)) throw cause;
    refused.add(attempt);
    const last = (info.flags & pinFinalTry) !== 0 ? " It was the last try." : "";
    throw pinWrong(`The token ${name} refuses the PIN.${last}`);
  }
}

function pinWrong(message: string): TickmarkError {
  const action = "Look the PIN up before you try another: after a few wrong ones the token locks itself.";
  return new TickmarkError("token-pin-wrong", message, action);
}

function failed(cause: unknown): TickmarkError {
  const reason = cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : String(cause);
  return new TickmarkError(
    "token-failed",
    `The token did not do what it was asked for (${reason.slice(0, 200)}).`,
    "See that it is plugged in and free for use, then try again.",
    { cause },
  );
}
