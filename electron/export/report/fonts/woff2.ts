import { brotliDecompressSync } from "node:zlib";
import { ByteReader } from "./byte-reader.ts";
import {
  encodeGlyphTables,
  headLocFormatOffset,
  hheaMetricCountOffset,
  type Tables,
  tableOf,
  withNumber,
} from "./true-type.ts";
import { decodeGlyphs } from "./woff2-glyphs.ts";

// WOFF 2.0 (W3C Recommendation of 1 March 2018), section 4.1, "Known Table Tags", in the order of their numbers.
const knownTags = (
  "cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX " +
  "vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat " +
  "fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
)
  .split(" ")
  .map((tag) => tag.replace("_", " "));

interface Entry {
  readonly tag: string;
  readonly transformed: boolean;
  /** Bytes that it takes in the decompressed stream. */
  readonly length: number;
}

/**
 * The tables of the TrueType font that a WOFF2 file was made from. The window's fonts come in this format and a PDF needs
 * TrueType. Only fonts of the project's own packages are read here, never one from evidence.
 *
 * @throws Error for what is not WOFF2
 */
export function decodeWoff2(woff2: Uint8Array): Tables {
  const reader = new ByteReader(woff2);
  if (reader.u32() !== 0x774f4632) throw new Error("The font is not in the WOFF2 format.");
  reader.skip(8);
  const tableCount = reader.u16();
  reader.skip(6);
  const compressedSize = reader.u32();
  reader.skip(24);
  const entries = Array.from({ length: tableCount }, () => readEntry(reader));
  const data = new ByteReader(brotliDecompressSync(reader.bytes(compressedSize)));
  const stored = entries.map((entry) => ({ ...entry, bytes: data.bytes(entry.length) }));

  const tables = new Map(stored.filter((entry) => !entry.transformed).map(({ tag, bytes }) => [tag, bytes]));
  const glyf = stored.find((entry) => entry.tag === "glyf" && entry.transformed);
  if (glyf === undefined) return tables;
  const glyphs = decodeGlyphs(glyf.bytes);
  const encoded = encodeGlyphTables(glyphs.map(({ bytes }) => bytes));
  tables.set("glyf", encoded.glyf).set("loca", encoded.loca);
  tables.set("head", withNumber(tableOf(tables, "head"), headLocFormatOffset, 1));
  const hmtx = stored.find((entry) => entry.tag === "hmtx" && entry.transformed);
  if (hmtx !== undefined) {
    const hhea = tableOf(tables, "hhea");
    const count = new DataView(hhea.buffer, hhea.byteOffset).getUint16(hheaMetricCountOffset);
    tables.set("hmtx", decodeMetrics(hmtx.bytes, glyphs.map(({ left }) => left), count)); // biome-ignore format: short
  }
  return tables;
}

/** For glyf and loca the transform has version 0; for all others version 0 means that there is none. */
function readEntry(reader: ByteReader): Entry {
  const flags = reader.u8();
  const tag = knownTags[flags & 0x3f] ?? new TextDecoder("latin1").decode(reader.bytes(4));
  const originalLength = reader.base128();
  const version = flags >> 6;
  const transformed = tag === "glyf" || tag === "loca" ? version === 0 : version !== 0;
  return { tag, transformed, length: transformed ? reader.base128() : originalLength };
}

/** Section 5.4: left side bearings that equal a glyph's leftmost point may have been left out. */
function decodeMetrics(bytes: Uint8Array, leftmost: readonly number[], count: number): Uint8Array {
  const reader = new ByteReader(bytes);
  const flags = reader.u8();
  const advances = Array.from({ length: count }, () => reader.u16());
  const table = new DataView(new ArrayBuffer(4 * count + 2 * (leftmost.length - count)));
  for (const [glyph, left] of leftmost.entries()) {
    const advance = advances[glyph];
    const leftOut = (flags & (advance === undefined ? 2 : 1)) !== 0;
    const bearing = leftOut ? left : reader.i16();
    if (advance !== undefined) table.setUint16(4 * glyph, advance);
    table.setInt16(advance === undefined ? 2 * count + 2 * glyph : 4 * glyph + 2, bearing);
  }
  return new Uint8Array(table.buffer);
}
