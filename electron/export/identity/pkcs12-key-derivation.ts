import { hash } from "node:crypto";

/** What the derived bytes are for (RFC 7292, appendix B.3). */
export const Purpose = { key: 1, iv: 2, mac: 3 } as const;

// Passphrase files of today use up to a million rounds; above this a file is made to keep the program busy.
export const maxIterations = 20_000_000;

/**
 * Derivation of PKCS#12 (RFC 7292, appendix B.2). Node has no such function, and it is still what the MAC of every
 * PKCS#12 file and the encryption of the old ones are keyed with.
 *
 * @param purpose one of `Purpose`
 */
export function derivePkcs12(
  algorithm: "sha1" | "sha256" | "sha384" | "sha512",
  passphrase: string,
  salt: Uint8Array,
  iterations: number,
  purpose: number,
  length: number,
): Buffer {
  const block = algorithm === "sha1" || algorithm === "sha256" ? 64 : 128;
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([fill(salt, block), fill(bmpPassphrase(passphrase), block)]);
  const derived: Buffer[] = [];
  for (let done = 0; done < length; ) {
    let round = hash(algorithm, Buffer.concat([diversifier, input]), "buffer");
    for (let count = 1; count < iterations; count++) round = hash(algorithm, round, "buffer");
    derived.push(round);
    done += round.length;
    addToBlocks(input, fill(round, block), block);
  }
  return Buffer.concat(derived).subarray(0, length);
}

/** UTF-16, big endian, with the terminating zero. */
function bmpPassphrase(passphrase: string): Buffer {
  return Buffer.from(`${passphrase}\0`, "utf16le").swap16();
}

/** Repeats the bytes up to the next multiple of the block. */
function fill(bytes: Uint8Array, block: number): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0);
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
}

/** Each block of `input` becomes (itself + addend + 1) modulo 2^(8·block), in place. */
function addToBlocks(input: Buffer, addend: Buffer, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let at = block - 1; at >= 0; at--) {
      carry += (input[start + at] ?? 0) + (addend[at] ?? 0);
      input[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
}
