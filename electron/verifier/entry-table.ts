import type { deflated, stored } from "../../shared/bundle/zip-records.ts";

/** What the directory says about an entry. */
export interface DirectoryEntry {
  readonly name: string;
  readonly method: typeof stored | typeof deflated;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
  readonly streamed: boolean;
}

export interface LaidOutEntry extends DirectoryEntry {
  /** Where its packed bytes start in the file. */
  readonly dataStart: number;
}

/** Numbers of entries in one column: 8 bytes for each. */
type Column = "compressedSize" | "size" | "offset" | "dataStart" | "crc32" | "kind";

const firstRoom = 1024;

/** The entries of an archive in columns: there may be a million, and as objects they would take five times as much memory. */
export class EntryTable {
  readonly #names: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #columns: Record<Column, Float64Array> = {
    compressedSize: new Float64Array(firstRoom),
    size: new Float64Array(firstRoom),
    offset: new Float64Array(firstRoom),
    dataStart: new Float64Array(firstRoom),
    crc32: new Float64Array(firstRoom),
    kind: new Float64Array(firstRoom),
  };
  /** Places in the order of the file. */
  #order: Uint32Array | null = null;

  get size(): number {
    return this.#names.length;
  }

  /** In the order of the directory. The name must not be there. */
  add(entry: DirectoryEntry): void {
    const place = this.#names.length;
    if (place === this.#columns.size.length) this.#grow();
    this.#names.push(entry.name);
    this.#places.set(entry.name, place);
    this.#columns.compressedSize[place] = entry.compressedSize;
    this.#columns.size[place] = entry.size;
    this.#columns.offset[place] = entry.offset;
    this.#columns.crc32[place] = entry.crc32;
    this.#columns.kind[place] = entry.method * 2 + (entry.streamed ? 1 : 0);
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /** Says of an entry that is here where its bytes start. */
  locate(name: string, dataStart: number): void {
    const place = this.#places.get(name);
    if (place !== undefined) this.#columns.dataStart[place] = dataStart;
  }

  /** Only where `locate` said where its bytes start can they be read. */
  get(name: string): LaidOutEntry | undefined {
    const place = this.#places.get(name);
    return place === undefined ? undefined : this.#entryAt(place);
  }

  /** The name as it is held here, so that nobody has to hold it a second time; undefined where there is no such entry. */
  held(name: string): string | undefined {
    const place = this.#places.get(name);
    return place === undefined ? undefined : this.#names[place];
  }

  /** Names in the order of the file. */
  *keys(): Generator<string> {
    for (const place of this.#inOrder()) yield this.#names[place] ?? "";
  }

  /** Entries in the order of the file. */
  *values(): Generator<LaidOutEntry> {
    for (const place of this.#inOrder()) yield this.#entryAt(place);
  }

  #entryAt(place: number): LaidOutEntry {
    const { compressedSize, size, offset, dataStart, crc32, kind } = this.#columns;
    const kindOf = kind[place] ?? 0;
    return {
      name: this.#names[place] ?? "",
      method: (kindOf >> 1) as DirectoryEntry["method"],
      streamed: kindOf % 2 === 1,
      crc32: crc32[place] ?? 0,
      compressedSize: compressedSize[place] ?? 0,
      size: size[place] ?? 0,
      offset: offset[place] ?? 0,
      dataStart: dataStart[place] ?? 0,
    };
  }

  #inOrder(): Uint32Array {
    if (this.#order?.length === this.size) return this.#order;
    const { offset } = this.#columns;
    const places = Uint32Array.from({ length: this.size }, (_, place) => place);
    const isSorted = places.every((place) => place === 0 || (offset[place - 1] ?? 0) <= (offset[place] ?? 0));
    if (!isSorted) places.sort((left, right) => (offset[left] ?? 0) - (offset[right] ?? 0) || left - right);
    this.#order = places;
    return places;
  }

  #grow(): void {
    for (const [name, column] of Object.entries(this.#columns)) {
      const larger = new Float64Array(column.length * 2);
      larger.set(column);
      this.#columns[name as Column] = larger;
    }
  }
}
