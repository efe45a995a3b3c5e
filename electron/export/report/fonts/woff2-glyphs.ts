import { ByteReader } from "./byte-reader.ts";
import { type Box, boxOf, concat, encodeGlyphHeader, encodeSimpleGlyph, type Point } from "./glyph-outline.ts";

/** WOFF 2.0, section 5.1: outlines are kept as seven streams of like with like, which compress better. */
interface Streams {
  readonly contours: ByteReader;
  readonly points: ByteReader;
  readonly flags: ByteReader;
  readonly glyphs: ByteReader;
  readonly composites: ByteReader;
  readonly boxes: ByteReader;
  readonly instructions: ByteReader;
}

interface DecodedGlyph {
  readonly bytes: Uint8Array;
  /** x of its leftmost point. */
  readonly left: number;
}

/** @returns each glyph as TrueType writes it */
export function decodeGlyphs(table: Uint8Array): DecodedGlyph[] {
  const reader = new ByteReader(table);
  reader.skip(4);
  const count = reader.u16();
  reader.skip(2);
  const sizes = Array.from({ length: 7 }, () => reader.u32());
  const stream = (index: number) => new ByteReader(parts[index] ?? new Uint8Array());
  const parts = sizes.map((size) => reader.bytes(size));
  const streams: Streams = {
    contours: stream(0),
    points: stream(1),
    flags: stream(2),
    glyphs: stream(3),
    composites: stream(4),
    boxes: stream(5),
    instructions: stream(6),
  };
  // First a bit for each glyph: whether its box follows or is that of its points.
  const bitmap = streams.boxes.bytes(4 * Math.floor((count + 31) / 32));
  const hasBox = (glyph: number) => (((bitmap[glyph >> 3] ?? 0) << (glyph & 7)) & 0x80) !== 0;
  return Array.from({ length: count }, (_, glyph) => decodeGlyph(streams, hasBox(glyph)));
}

function decodeGlyph(streams: Streams, hasBox: boolean): DecodedGlyph {
  const contours = streams.contours.i16();
  if (contours === 0) return { bytes: new Uint8Array(), left: 0 };
  return contours < 0 ? decodeComposite(streams) : decodeSimple(streams, contours, hasBox);
}

function decodeSimple(streams: Streams, count: number, hasBox: boolean): DecodedGlyph {
  const sizes = Array.from({ length: count }, () => streams.points.short255());
  let last: Point = { x: 0, y: 0, onCurve: true };
  const contours = sizes.map((size) =>
    Array.from({ length: size }, () => {
      last = readPoint(streams, last);
      return last;
    }),
  );
  const instructions = streams.instructions.bytes(streams.glyphs.short255());
  const box = hasBox ? readBox(streams.boxes) : boxOf(contours.flat());
  return { bytes: encodeSimpleGlyph(contours, box, instructions), left: box.left };
}

function readPoint(streams: Streams, last: Point): Point {
  const flag = streams.flags.u8();
  const [dx, dy] = readStep(flag & 0x7f, streams.glyphs);
  return { x: last.x + dx, y: last.y + dy, onCurve: (flag & 0x80) === 0 };
}

/** Section 5.2, the table of 128 ways to write a step from point to point in one to four bytes. */
function readStep(code: number, data: ByteReader): [number, number] {
  const signX = code & 1 ? 1 : -1;
  const signY = code & 2 ? 1 : -1;
  if (code < 10) return [0, signX * (((code & 14) << 7) + data.u8())];
  if (code < 20) return [signX * ((((code - 10) & 14) << 7) + data.u8()), 0];
  if (code < 84) {
    const base = code - 20;
    const byte = data.u8();
    return [signX * (1 + (base & 0x30) + (byte >> 4)), signY * (1 + ((base & 0x0c) << 2) + (byte & 0x0f))];
  }
  if (code < 120) {
    const base = code - 84;
    const x = 1 + (Math.floor(base / 12) << 8) + data.u8();
    return [signX * x, signY * (1 + (((base % 12) >> 2) << 8) + data.u8())];
  }
  if (code < 124) {
    const [first, second, third] = [data.u8(), data.u8(), data.u8()];
    return [signX * ((first << 4) + (second >> 4)), signY * (((second & 0x0f) << 8) + third)];
  }
  return [signX * data.u16(), signY * data.u16()];
}

/** Components are kept as TrueType writes them, so that they only have to be found and copied. */
function decodeComposite(streams: Streams): DecodedGlyph {
  const parts: Uint8Array[] = [];
  let instructed = false;
  for (let more = true; more; ) {
    const flags = streams.composites.u16();
    const wordArguments = (flags & 0x0001) !== 0;
    const scale = flags & 0x0008 ? 2 : flags & 0x0040 ? 4 : flags & 0x0080 ? 8 : 0;
    parts.push(Uint8Array.of(flags >> 8, flags & 0xff), streams.composites.bytes(2 + (wordArguments ? 4 : 2) + scale));
    instructed ||= (flags & 0x0100) !== 0;
    more = (flags & 0x0020) !== 0;
  }
  if (instructed) {
    const length = streams.glyphs.short255();
    parts.push(Uint8Array.of(length >> 8, length & 0xff), streams.instructions.bytes(length));
  }
  const box = readBox(streams.boxes);
  return { bytes: concat([encodeGlyphHeader(-1, box), ...parts]), left: box.left };
}

function readBox(reader: ByteReader): Box {
  return { left: reader.i16(), bottom: reader.i16(), right: reader.i16(), top: reader.i16() };
}
