import { useEffect, useState } from "react";
import type { Sha256 } from "../../shared/model/digest.ts";

/** What was read once is spelt once: the values of a result may be megabytes, and a form is drawn at every letter. */
const spelt = new WeakMap<object, string>();

/**
 * SHA-256 of values as JSON spells them; null until it is worked out.
 * @param parts an undefined one is not known yet, and neither is the digest
 */
export function useDigest(parts: readonly unknown[]): Sha256 | null {
  const text = parts.includes(undefined) ? null : JSON.stringify(parts.map(spell));
  const [worked, setWorked] = useState<{ readonly of: string; readonly digest: Sha256 } | null>(null);
  useEffect(() => {
    if (text === null) return;
    let isGone = false;
    void digest(text).then((sha256) => isGone || setWorked({ of: text, digest: sha256 }));
    return () => {
      isGone = true;
    };
  }, [text]);
  return worked !== null && worked.of === text ? worked.digest : null;
}

function spell(part: unknown): string {
  if (typeof part !== "object" || part === null) return JSON.stringify(part);
  const known = spelt.get(part);
  if (known !== undefined) return known;
  const text = JSON.stringify(part);
  spelt.set(part, text);
  return text;
}

async function digest(text: string): Promise<Sha256> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
