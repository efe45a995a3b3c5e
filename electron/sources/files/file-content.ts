import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { checkNotCancelled } from "../http/cancellable-wait.ts";
import { fileFault, type HandedOverFile } from "./handed-over-files.ts";
import { notGzip } from "./read-whole.ts";

const chunkSize = 256 * 1024;

/** Whether a file is packed with gzip, by its first bytes (RFC 1952). @throws file-missing, file-unreadable */
export async function isPacked(file: HandedOverFile): Promise<boolean> {
  try {
    await using handle = await open(file.path);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
    return bytesRead === 3 && buffer[0] === 0x1f && buffer[1] === 0x8b && buffer[2] === 0x08;
  } catch (cause) {
    throw fileFault(cause, file.name);
  }
}

/**
 * The content of a file from its beginning, unpacked when it is packed with gzip.
 * @param onRaw is given each piece of the file as it lies on the disk
 * @throws file-missing, file-unreadable, cancelled
 */
export async function* streamContent(
  file: HandedOverFile,
  signal: AbortSignal,
  onRaw: (bytes: Buffer) => void = () => {},
): AsyncGenerator<Buffer> {
  const source = createReadStream(file.path, { highWaterMark: chunkSize, signal });
  const raw = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      onRaw(chunk);
      yield chunk;
    }
  };
  const content = (await isPacked(file)) ? pipeline(source, raw, createGunzip({ chunkSize }), ignore) : raw(source);
  try {
    for await (const chunk of content) yield chunk as Buffer;
  } catch (cause) {
    checkNotCancelled(signal);
    if (cause instanceof Error && "code" in cause && String(cause.code).startsWith("Z_"))
      throw notGzip(file.name, cause);
    throw fileFault(cause, file.name);
  }
}

/** Errors come out of the stream where it is read. */
function ignore(): void {}
