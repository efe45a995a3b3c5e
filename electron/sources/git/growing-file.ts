import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const pieceSize = 128 * 1024;
const pause = 5;

/**
 * Reads a file while a program still writes it.
 * @param ended settles when the program ended; what it is rejected with is thrown once all that was written is read
 */
export async function* readGrowingFile(path: string, ended: Promise<unknown>): AsyncGenerator<Buffer> {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  ended.then(over, over);
  const file = await open(path);
  try {
    for (let at = 0; ; ) {
      // Asked before reading: what is written after the answer is read in the next round.
      const wasOver = isOver;
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(pieceSize), 0, pieceSize, at);
      at += bytesRead;
      // Records keep hold of the piece that they lie in: a small one must not keep a large one.
      if (bytesRead > pieceSize / 2) yield buffer.subarray(0, bytesRead);
      else if (bytesRead > 0) yield Buffer.from(buffer.subarray(0, bytesRead));
      else if (wasOver) break;
      else await sleep(pause);
    }
  } finally {
    await file.close();
  }
  await ended;
}
