import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync } from "node:zlib";
import {
  deflated,
  encodeDescriptor,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  stored,
  type ZipRecord,
  zip64From,
} from "../../shared/bundle/zip-records.ts";

const level = 6;
const gatherUpTo = 1 << 20;
const smallUpTo = 1 << 16;

/** Where the archive goes: takes the bytes in order, and resolves when it is ready for more. */
export interface ArchiveTarget {
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * Writes a ZIP, one entry after the other in the order of the calls. The records are those of `zip-records.ts`, where
 * verification reads them: their every byte belongs to the bundle's format, and must not change with a library's version.
 * Names must have been checked before.
 */
export class ArchiveWriter {
  readonly #target: ArchiveTarget;
  readonly #directory: Uint8Array[] = [];
  readonly #gathered = Buffer.allocUnsafe(gatherUpTo);
  #gatheredSize = 0;
  #offset = 0;

  constructor(target: ArchiveTarget) {
    this.#target = target;
  }

  /** An entry as it is, for what is compressed already. */
  async store(name: string, bytes: Uint8Array): Promise<void> {
    await this.#addWhole(name, bytes, stored, bytes);
  }

  /** An entry, compressed; as it is when compressing gains nothing. */
  async deflate(name: string, bytes: Uint8Array): Promise<void> {
    // At once for small ones: thousands of compressors that wait for the garbage collector would fill the memory.
    const packed =
      bytes.length < smallUpTo ? deflateRawSync(bytes, { level }) : await promisify(deflateRaw)(bytes, { level });
    if (packed.length < bytes.length) await this.#addWhole(name, bytes, deflated, packed);
    else await this.store(name, bytes);
  }

  /**
   * An entry that is compressed while it is read.
   *
   * @param size in bytes, when it is known; what turns out to be longer is refused
   * @throws what the source throws
   */
  async deflateStream(name: string, source: Readable, size: number | undefined): Promise<void> {
    const large = size === undefined || size >= zip64From / 2;
    const start = { name: Buffer.from(name), method: deflated, offset: this.#offset } as const;
    const form = large ? "streamed-large" : "streamed";
    await this.#write(encodeLocalHeader({ ...start, form, crc32: 0, compressedSize: 0, size: 0 }));
    const packed = await this.#pack(source);
    if (!large && packed.size !== size) throw new RangeError(`${name} has ${packed.size} bytes and not ${size}`);
    const record = { ...start, form, ...packed } as const;
    await this.#write(encodeDescriptor(record));
    this.#directory.push(encodeDirectoryRecord(record));
  }

  /** Writes the directory. */
  async finish(): Promise<void> {
    const start = this.#offset;
    for (const record of this.#directory) await this.#write(record);
    await this.#write(encodeEnd(this.#directory.length, start, this.#offset - start));
    await this.#flush();
  }

  async #addWhole(name: string, bytes: Uint8Array, method: ZipRecord["method"], packed: Uint8Array): Promise<void> {
    if (bytes.length >= zip64From) throw new RangeError(`${name} is too large to be given whole`);
    const sizes = { crc32: crc32(bytes), compressedSize: packed.length, size: bytes.length };
    const record = { name: Buffer.from(name), form: "whole", method, offset: this.#offset, ...sizes } as const;
    await this.#write(encodeLocalHeader(record));
    await this.#write(packed);
    this.#directory.push(encodeDirectoryRecord(record));
  }

  async #pack(source: Readable): Promise<{ crc32: number; compressedSize: number; size: number }> {
    const packer = createDeflateRaw({ level });
    const sizes = { crc32: 0, compressedSize: 0, size: 0 };
    source.once("error", (error) => packer.destroy(error));
    source.on("data", (chunk: Buffer) => {
      sizes.crc32 = crc32(chunk, sizes.crc32);
      sizes.size += chunk.length;
    });
    source.pipe(packer);
    for await (const chunk of packer) {
      const bytes = chunk as Buffer;
      sizes.compressedSize += bytes.length;
      await this.#write(bytes);
    }
    return sizes;
  }

  /** Small pieces are gathered by copy: each write to a file costs the same, and a small piece may sit in a large buffer. */
  async #write(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length;
    if (this.#gatheredSize + bytes.length > gatherUpTo) await this.#flush();
    if (bytes.length > gatherUpTo) return this.#target.write(bytes);
    this.#gathered.set(bytes, this.#gatheredSize);
    this.#gatheredSize += bytes.length;
  }

  async #flush(): Promise<void> {
    await this.#target.write(this.#gathered.subarray(0, this.#gatheredSize));
    this.#gatheredSize = 0;
  }
}
