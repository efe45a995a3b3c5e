import { X509Certificate } from "node:crypto";
import type { Handle, Template } from "pkcs11js";
import { TickmarkError } from "../../../shared/errors.ts";
import type { TokenPlace } from "../../../shared/model/signing-key.ts";
import type { TokenSession } from "./token-session.ts";

// PKCS#11 2.40: kinds of object and their attributes.
const attribute = { class: 0x0, label: 0x3, value: 0x11, id: 0x102, sign: 0x108, alwaysAuthenticate: 0x202 } as const;
const objectClass = { certificate: 1, privateKey: 3 } as const;
const largestList = 1000;

export interface TokenKey {
  readonly handle: Handle;
  readonly id: Buffer;
  readonly label: string;
  /** Whether the PIN is wanted again for each signature. */
  readonly alwaysAuthenticate: boolean;
}

/**
 * The private key that is meant.
 *
 * @throws TickmarkError `identity-missing` when there is none, `identity-ambiguous` when several fit
 */
export function findKey(session: TokenSession, place: TokenPlace): TokenKey {
  const keys = list(session, objectClass.privateKey).map((handle) => readKey(session, handle));
  const fitting = keys.filter(({ id, label }) => {
    const fitsLabel = place.keyLabel === undefined || label === place.keyLabel;
    return fitsLabel && (place.keyId === undefined || id.toString("hex") === place.keyId.toLowerCase());
  });
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  // A token names its keys in whatever order it likes; a person shall read the same list each time.
  const names = keys.map(({ id, label }) => `${JSON.stringify(label)} with id ${id.toString("hex")}`);
  const all = names.sort().join(", ");
  const there = all === "" ? "There is none." : `There are: ${all}.`;
  if (only === undefined) {
    const action = "Give the label or the id of a key that is there: --key-label, --key-id.";
    throw new TickmarkError("identity-missing", `The token holds no such signing key. ${there}`, action);
  }
  const action = "Say which one by label or id: --key-label, --key-id.";
  throw new TickmarkError("identity-ambiguous", `Several keys of the token fit. ${there}`, action);
}

/** Certificates on the token, each with the id by which it belongs to a key. */
export function readCertificates(session: TokenSession): { id: Buffer; certificate: X509Certificate }[] {
  return list(session, objectClass.certificate).flatMap((handle) => {
    const id = read(session, handle, attribute.id) ?? Buffer.alloc(0);
    const value = read(session, handle, attribute.value);
    try {
      return value === null ? [] : [{ id, certificate: new X509Certificate(value) }];
    } catch {
      // One of another kind is of no use here.
      return [];
    }
  });
}

function readKey(session: TokenSession, handle: Handle): TokenKey {
  return {
    handle,
    id: read(session, handle, attribute.id) ?? Buffer.alloc(0),
    label: (read(session, handle, attribute.label) ?? Buffer.alloc(0)).toString("utf8"),
    alwaysAuthenticate: read(session, handle, attribute.alwaysAuthenticate)?.[0] === 1,
  };
}

function list({ library, handle }: TokenSession, kind: number): Handle[] {
  const signing: Template = kind === objectClass.privateKey ? [{ type: attribute.sign, value: true }] : [];
  library.C_FindObjectsInit(handle, [{ type: attribute.class, value: kind }, ...signing]);
  try {
    return library.C_FindObjects(handle, largestList);
  } finally {
    library.C_FindObjectsFinal(handle);
  }
}

/** Null for an attribute that the token does not have. */
function read({ library, handle }: TokenSession, object: Handle, type: number): Buffer | null {
  try {
    const [found] = library.C_GetAttributeValue(handle, object, [{ type }]);
    return Buffer.isBuffer(found?.value) ? found.value : null;
  } catch {
    return null;
  }
}
