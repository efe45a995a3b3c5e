/** A glyph's outline as TrueType keeps it (OpenType specification, "glyf"): closed contours of points, in font units. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** False for the control point of a quadratic curve. */
  readonly onCurve: boolean;
}

export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

export function boxOf(points: readonly Point[]): Box {
  const first = points[0];
  if (first === undefined) return { left: 0, bottom: 0, right: 0, top: 0 };
  let [left, bottom, right, top] = [first.x, first.y, first.x, first.y];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return { left, bottom, right, top };
}

/** The first ten bytes of every glyph; `contours` is negative for one that is made of others. */
export function encodeGlyphHeader(contours: number, box: Box): Uint8Array {
  const view = new DataView(new ArrayBuffer(10));
  for (const [index, value] of [contours, box.left, box.bottom, box.right, box.top].entries()) {
    view.setInt16(2 * index, value);
  }
  return new Uint8Array(view.buffer);
}

/** Every coordinate as a 16-bit step from the last: longer than need be, and the PDF compresses it. */
export function encodeSimpleGlyph(contours: readonly (readonly Point[])[], box: Box, instructions: Uint8Array) {
  const points = contours.flat();
  const outline = new DataView(new ArrayBuffer(2 * contours.length + 2));
  let end = -1;
  for (const [index, contour] of contours.entries()) {
    end += contour.length;
    outline.setUint16(2 * index, end);
  }
  outline.setUint16(2 * contours.length, instructions.length);
  const flags = Uint8Array.from(points, (point) => (point.onCurve ? 1 : 0));
  const steps = new DataView(new ArrayBuffer(4 * points.length));
  let [x, y] = [0, 0];
  for (const [index, point] of points.entries()) {
    steps.setInt16(2 * index, point.x - x);
    steps.setInt16(2 * (points.length + index), point.y - y);
    [x, y] = [point.x, point.y];
  }
  const header = encodeGlyphHeader(contours.length, box);
  return concat([header, new Uint8Array(outline.buffer), instructions, flags, new Uint8Array(steps.buffer)]);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
