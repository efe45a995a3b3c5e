import { useEffect, useState } from "react";
import type { Sha256 } from "../../shared/model/digest.ts";

/** SHA-256 of a value as JSON spells it, which may be long; null until it is worked out. */
export function useDigest(of: unknown): Sha256 | null {
  const spelt = JSON.stringify(of);
  const [worked, setWorked] = useState<{ readonly of: string; readonly digest: Sha256 } | null>(null);
  useEffect(() => {
    let isGone = false;
    void crypto.subtle.digest("SHA-256", new TextEncoder().encode(spelt)).then((bytes) => {
      const digest = Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
      if (!isGone) setWorked({ of: spelt, digest });
    });
    return () => {
      isGone = true;
    };
  }, [spelt]);
  return worked?.of === spelt ? worked.digest : null;
}
