/** What is used of archiver, which comes without types. */
declare module "archiver" {
  import type { Readable, Transform } from "node:stream";

  interface ZipEntry {
    readonly name: string;
    readonly date: Date;
    readonly mode: number;
  }

  class ZipArchive extends Transform {
    constructor(options: { readonly zlib: { readonly level: number } });
    append(source: Readable, entry: ZipEntry): this;
    finalize(): Promise<void>;
  }
}
