/**
 * Whether two names are one person's, as far as spelling can tell. Names are claimed and not proved: what proves who signed is
 * the signature on the bundle.
 */
export function isSameName(left: string, right: string): boolean {
  return fold(left) === fold(right);
}

function fold(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}
