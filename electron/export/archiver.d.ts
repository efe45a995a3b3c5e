/** What is used of archiver, which comes without types. */
declare module "archiver" {
  import type { Readable, Transform } from "node:stream";

  interface ZipEntry {
    readonly name: string;
    readonly date: Date;
    readonly mode: number;
    readonly store: boolean;
  }

  class ZipArchive extends Transform {
    constructor(options: { readonly zlib: { readonly level: number } });
    append(source: Buffer | Readable, entry: ZipEntry): this;
    finalize(): Promise<void>;
    abort(): this;
    /** Bytes that have passed so far. */
    pointer(): number;
  }
}
