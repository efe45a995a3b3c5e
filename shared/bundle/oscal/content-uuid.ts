import type { Digest } from "../../model/digest.ts";

/** Names something within an engagement: the same names give the same UUID, in every document and every export. */
export type NameUuid = (...names: readonly string[]) => string;

/**
 * UUIDs made from names, so that an unchanged engagement gives the same bytes. They have the layout of version 5 (RFC 9562, 5.5),
 * which OSCAL's schema asks for, and are filled from SHA-256 in the place of SHA-1. The engagement's own UUID is the name space.
 */
export function createNameUuid(engagementId: string, digest: Digest): NameUuid {
  return (...names) => {
    // JSON: no two lists of names run together to one text.
    const hex = digest(JSON.stringify([engagementId, ...names]));
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `5${hex.slice(13, 16)}`,
      `${variant}${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join("-");
  };
}
