/** A TrueType font by its tables, named by their tags of four characters. */
export type Tables = ReadonlyMap<string, Uint8Array>;

/** @throws Error when the font lacks a table that every font has */
export function tableOf(tables: Tables, tag: string): Uint8Array {
  const table = tables.get(tag);
  if (table === undefined) throw new Error(`The font has no table "${tag}".`);
  return table;
}

/** A copy of a table with one 16-bit number in another value. */
export function withNumber(table: Uint8Array, offset: number, value: number): Uint8Array {
  const changed = Uint8Array.from(table);
  new DataView(changed.buffer).setUint16(offset, value);
  return changed;
}

export const headLocFormatOffset = 50;
export const hheaMetricCountOffset = 34;
export const maxpGlyphCountOffset = 4;

/** The glyf table and the offsets into it in the long form, `indexToLocFormat` 1. */
export function encodeGlyphTables(glyphs: readonly Uint8Array[]): { glyf: Uint8Array; loca: Uint8Array } {
  const glyf = new Uint8Array(glyphs.reduce((sum, glyph) => sum + padded(glyph.length), 0));
  const loca = new DataView(new ArrayBuffer(4 * (glyphs.length + 1)));
  let offset = 0;
  for (const [index, glyph] of glyphs.entries()) {
    loca.setUint32(4 * index, offset);
    glyf.set(glyph, offset);
    offset += padded(glyph.length);
  }
  loca.setUint32(4 * glyphs.length, offset);
  return { glyf, loca: new Uint8Array(loca.buffer) };
}

/** The bytes of the font file. Checksums stay zero: a PDF's reader does not look at them. */
export function encodeTrueType(tables: Tables): Uint8Array {
  const sorted = [...tables].sort(([left], [right]) => (left < right ? -1 : 1));
  const start = 12 + 16 * sorted.length;
  const file = new Uint8Array(sorted.reduce((sum, [, table]) => sum + padded(table.length), start));
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x00010000);
  view.setUint16(4, sorted.length);
  let offset = start;
  for (const [index, [tag, table]] of sorted.entries()) {
    const entry = 12 + 16 * index;
    file.set(new TextEncoder().encode(tag), entry);
    view.setUint32(entry + 8, offset);
    view.setUint32(entry + 12, table.length);
    file.set(table, offset);
    offset += padded(table.length);
  }
  return file;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
