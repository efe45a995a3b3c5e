import { checkFile, type ManifestFile } from "../../shared/bundle/manifest.ts";
import { PartPathGuard, repeatedPath } from "../../shared/bundle/part-path.ts";
import { encodeCanonical } from "../../shared/model/canonical-json.ts";
import { SpoolFile } from "./spool-file.ts";

const lineEnd = 0x0a;

/** The files of a bundle that is being written, in their order, on the disk until the manifest and the other lists are made of them. */
export class ListedFiles implements Iterable<ManifestFile> {
  length = 0;
  readonly #spool: SpoolFile;
  readonly #guard = new PartPathGuard();
  #previous: string | null = null;

  /** @throws TickmarkError `file-unwritable` or `disk-full` */
  constructor(target: string) {
    this.#spool = new SpoolFile(target);
  }

  /**
   * Takes the path of the next file, before anything is known of its content.
   *
   * @throws TickmarkError `bundle-path-invalid`
   */
  announce(path: string): { readonly previous: string | null } {
    const previous = this.#previous;
    this.#previous = path;
    if (previous === path) throw repeatedPath(path);
    this.#guard.add(path);
    return { previous };
  }

  /** @throws TickmarkError `bundle-part-invalid`, `disk-full` */
  add(file: ManifestFile): void {
    this.#spool.append(Buffer.from(`${encodeCanonical(checkFile(file, this.length))}\n`));
    this.length += 1;
  }

  /** When all are there: no two of them are one file somewhere. @throws TickmarkError `bundle-path-invalid` */
  confirmPaths(): void {
    for (const { path } of this) this.#guard.confirm(path);
  }

  *[Symbol.iterator](): Generator<ManifestFile> {
    let begun = Buffer.alloc(0);
    for (const piece of this.#spool.pieces()) {
      const bytes = Buffer.concat([begun, piece]);
      let from = 0;
      for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, from)) {
        yield JSON.parse(bytes.toString("utf8", from, end)) as ManifestFile;
        from = end + 1;
      }
      begun = bytes.subarray(from);
    }
  }

  [Symbol.dispose](): void {
    this.#spool[Symbol.dispose]();
  }
}
