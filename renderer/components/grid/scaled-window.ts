/*
 * Which rows of a long list are on the screen. Chromium cuts an element off at some 16 million device pixels, so that a
 * list which simply is as high as its rows loses the last ones. Beyond `tallest` the scroll bar runs over a shorter
 * track, and what is shown is in proportion to where it stands.
 */

/** Safe at 200 % zoom with room to spare. */
export const tallest = 6_000_000;
/** Rows rendered above and below what can be seen. */
const margin = 6;

export interface Viewport {
  readonly rowCount: number;
  readonly rowHeight: number;
  /** Height of what can be seen of the rows. */
  readonly height: number;
  readonly scrollTop: number;
}

export interface RowWindow {
  /** First and last rendered row; last < first when there is none. */
  readonly first: number;
  readonly last: number;
  /** First and last row that can be seen, even in part. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Height of the scrolled track. */
  readonly trackHeight: number;
  /** Where row 0 would be on the track; row r is `rowHeight * r` below. */
  readonly origin: number;
}

export function trackHeightOf(rowCount: number, rowHeight: number): number {
  return Math.min(rowCount * rowHeight, tallest);
}

/** Distance between the top of the list, at its full height, and what is seen of it. */
function listOffset({ rowCount, rowHeight, height, scrollTop }: Viewport): number {
  const full = rowCount * rowHeight;
  const track = trackHeightOf(rowCount, rowHeight);
  const reach = Math.max(0, track - height);
  const at = Math.min(Math.max(0, scrollTop), reach);
  return full === track || reach === 0 ? at : (at / reach) * (full - height);
}

export function windowOf(viewport: Viewport): RowWindow {
  const { rowCount, rowHeight, height, scrollTop } = viewport;
  const offset = listOffset(viewport);
  const firstSeen = Math.min(Math.floor(offset / rowHeight), Math.max(0, rowCount - 1));
  const lastSeen = Math.min(rowCount - 1, Math.ceil((offset + height) / rowHeight) - 1);
  return {
    first: Math.max(0, firstSeen - margin),
    last: Math.min(rowCount - 1, lastSeen + margin),
    firstSeen,
    lastSeen,
    trackHeight: trackHeightOf(rowCount, rowHeight),
    origin: Math.max(0, scrollTop) - offset,
  };
}

/** Where to scroll so that the whole row is seen; the present place when it is already. */
export function scrollTopShowing(row: number, viewport: Viewport): number {
  const { rowCount, rowHeight, height } = viewport;
  const offset = listOffset(viewport);
  const top = row * rowHeight;
  if (top >= offset && top + rowHeight <= offset + height) return viewport.scrollTop;
  const wanted = top < offset ? top : top + rowHeight - height;
  const full = rowCount * rowHeight;
  const track = trackHeightOf(rowCount, rowHeight);
  if (full === track) return wanted;
  return (wanted / (full - height)) * (track - height);
}
