/**
 * Short pieces of text put together to longer ones, in their order.
 *
 * @param least characters of each but the last
 */
export function* gatherPieces(pieces: Iterable<string>, least: number): Generator<string, undefined> {
  let [waiting, length]: [string[], number] = [[], 0];
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < least) continue;
    yield waiting.join("");
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield waiting.join("");
  return undefined;
}
