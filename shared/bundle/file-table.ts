import type { Sha256 } from "../model/digest.ts";
import { evidencePath } from "./bundle-parts.ts";
import { comparePaths, type ManifestFile } from "./manifest.ts";

/** The files of a manifest, sorted by path. */
export interface ManifestFiles extends Iterable<ManifestFile> {
  readonly length: number;
  /** The file with this path; undefined where the manifest has none. */
  named(path: string): ManifestFile | undefined;
}

type Kind = Pick<ManifestFile, "mediaType" | "role">;

/** A manifest's files in columns: there may be a million, and as objects they would take five times as much memory. */
export class FileTable implements ManifestFiles {
  readonly #paths: string[] = [];
  readonly #sizes: number[] = [];
  /** Place in `#kinds`: of all files there are a dozen kinds. */
  readonly #kindOf: number[] = [];
  readonly #kinds: Kind[] = [];
  readonly #kindPlaces = new Map<string, number>();
  /** Of files that are not named after their hash, by their place. */
  readonly #hashes = new Map<number, Sha256>();

  get length(): number {
    return this.#paths.length;
  }

  /** @param path the same text as `file.path`, which may be one that is held already */
  add({ sha256, size, mediaType, role }: ManifestFile, path: string): void {
    if (path !== evidencePath(sha256)) this.#hashes.set(this.#paths.length, sha256);
    this.#paths.push(path);
    this.#sizes.push(size);
    this.#kindOf.push(this.#placeOf({ mediaType, role }));
  }

  named(path: string): ManifestFile | undefined {
    let [from, to] = [0, this.#paths.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (comparePaths(this.#paths[middle] ?? "", path) < 0) from = middle + 1;
      else to = middle;
    }
    return this.#paths[from] === path ? this.#fileAt(from) : undefined;
  }

  *[Symbol.iterator](): Generator<ManifestFile> {
    for (let place = 0; place < this.#paths.length; place += 1) yield this.#fileAt(place);
  }

  #fileAt(place: number): ManifestFile {
    const path = this.#paths[place] ?? "";
    const { mediaType, role } = this.#kinds[this.#kindOf[place] ?? 0] as Kind;
    const sha256 = this.#hashes.get(place) ?? path.slice(evidencePath("").length);
    return { path, size: this.#sizes[place] ?? 0, sha256, mediaType, role };
  }

  #placeOf(kind: Kind): number {
    const key = `${kind.role} ${kind.mediaType}`;
    const known = this.#kindPlaces.get(key);
    if (known !== undefined) return known;
    this.#kindPlaces.set(key, this.#kinds.length);
    return this.#kinds.push(kind) - 1;
  }
}
