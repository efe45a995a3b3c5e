/** What an image reference names: `registry.example/shop/ledger:v1.2@sha256:…`. */
export interface ImageReference {
  /** `sha256:…`; empty where it names none. */
  readonly digest: string;
  /** Empty where it names none, or is no image reference. */
  readonly tag: string;
}

export function readImage(revision: string): ImageReference {
  const digest = /sha256:[0-9a-f]{64}/.exec(revision)?.[0] ?? "";
  const named = revision.replace(/@?sha256:[0-9a-f]{64}.*$/, "");
  const tag = /:([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/.exec(named)?.[1] ?? "";
  return { digest, tag };
}
