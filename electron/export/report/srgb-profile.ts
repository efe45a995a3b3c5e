/*
 * sRGB as an ICC profile (ICC.1:2001-04, "version 2", which every reader of PDF/A knows): what the numbers of the report's colours
 * mean on paper and on any screen. The figures are those of IEC 61966-2-1: primaries (0.64, 0.33), (0.30, 0.60), (0.15, 0.06), white
 * (0.3127, 0.3290), adapted to the profile's white D50 by Bradford's matrix.
 */

/** CIE XYZ in units of 1/65536. */
type Xyz = readonly [x: number, y: number, z: number];

const white: Xyz = [63190, 65536, 54061]; // D50: 0.9642, 1, 0.8249
/** They add up to white. */
const primaries: Readonly<Record<"rXYZ" | "gXYZ" | "bXYZ", Xyz>> = {
  rXYZ: [28576, 14581, 912],
  gXYZ: [25239, 46983, 6361],
  bXYZ: [9375, 3972, 46788],
};

const name = "sRGB IEC61966-2.1";
/** Steps of the curve; between them a reader draws lines. */
const steps = 1024;

const headerSize = 128;

/** The bytes of the profile, the same each time. */
export function encodeSrgbProfile(): Uint8Array {
  const curve = curveTag();
  const tags: readonly (readonly [signature: string, content: Uint8Array])[] = [
    ["desc", descriptionTag(name)],
    ["cprt", textTag("No copyright, use freely")],
    ["wtpt", xyzTag(white)],
    ...Object.entries(primaries).map(([signature, xyz]) => [signature, xyzTag(xyz)] as const),
    // One curve for the three channels: a table may name the same bytes three times.
    ["rTRC", curve],
    ["gTRC", curve],
    ["bTRC", curve],
  ];
  const start = headerSize + 4 + 12 * tags.length;
  const places = new Map<Uint8Array, number>();
  let size = start;
  for (const [, content] of tags) {
    if (places.has(content)) continue;
    places.set(content, size);
    size += content.length;
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  writeHeader(bytes, view);
  view.setUint32(headerSize, tags.length);
  for (const [index, [signature, content]] of tags.entries()) {
    const entry = headerSize + 4 + 12 * index;
    const place = places.get(content) ?? 0;
    writeText(bytes, entry, signature);
    view.setUint32(entry + 4, place);
    view.setUint32(entry + 8, content.length);
    bytes.set(content, place);
  }
  return bytes;
}

/** ICC.1:2001-04, 6.1. Who made it, with what and on which platform is left open, as it may be. */
function writeHeader(bytes: Uint8Array, view: DataView): void {
  view.setUint32(0, bytes.length);
  view.setUint32(8, 0x02100000); // version 2.1
  writeText(bytes, 12, "mntr");
  writeText(bytes, 16, "RGB ");
  writeText(bytes, 20, "XYZ ");
  // A day is wanted, and that of the standard's publication is as good as any: 18 October 1999.
  for (const [index, part] of [1999, 10, 18, 0, 0, 0].entries()) view.setUint16(24 + 2 * index, part);
  writeText(bytes, 36, "acsp");
  writeXyz(view, 68, white);
}

/** IEC 61966-2-1, 4.2: from what is stored to what is shown. */
function linear(stored: number): number {
  return stored <= 0.04045 ? stored / 12.92 : ((stored + 0.055) / 1.055) ** 2.4;
}

function curveTag(): Uint8Array {
  const { bytes, view } = tag("curv", 12 + 2 * steps);
  view.setUint32(8, steps);
  for (let step = 0; step < steps; step += 1) {
    view.setUint16(12 + 2 * step, Math.round(65535 * linear(step / (steps - 1))));
  }
  return bytes;
}

function xyzTag(xyz: Xyz): Uint8Array {
  const { bytes, view } = tag("XYZ ", 20);
  writeXyz(view, 8, xyz);
  return bytes;
}

/** @param text of ASCII, as all texts of this version of the format */
function textTag(text: string): Uint8Array {
  const { bytes } = tag("text", 8 + text.length + 1);
  writeText(bytes, 8, text);
  return bytes;
}

/** With an empty form in Unicode, and one in the old Macintosh's script that always takes 67 bytes. */
function descriptionTag(text: string): Uint8Array {
  const { bytes, view } = tag("desc", 12 + text.length + 1 + 8 + 3 + 67);
  view.setUint32(8, text.length + 1);
  writeText(bytes, 12, text);
  return bytes;
}

/** Tags begin at multiples of four bytes. */
function tag(type: string, size: number): { readonly bytes: Uint8Array; readonly view: DataView } {
  const bytes = new Uint8Array((size + 3) & ~3);
  writeText(bytes, 0, type);
  return { bytes, view: new DataView(bytes.buffer) };
}

function writeXyz(view: DataView, at: number, xyz: Xyz): void {
  for (const [index, value] of xyz.entries()) view.setInt32(at + 4 * index, value);
}

function writeText(bytes: Uint8Array, at: number, text: string): void {
  bytes.set(new TextEncoder().encode(text), at);
}
