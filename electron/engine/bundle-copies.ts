import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/*
 * Folders with what is taken from a bundle while somebody looks at it. They are readable by nobody else, named by the process that
 * looks, and removed by it; those of a process that ended before are removed by the next one.
 */

const ownerIn = /^tickmark-browsed-(\d+)-/;

export const makeCopyFolder = () => mkdtemp(join(tmpdir(), `tickmark-browsed-${process.pid}-`));

/** Removes copies whose process ended before it could do so itself. */
export async function removeLeftCopies(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const owner = ownerIn.exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    // One of somebody else on this machine stays: it is theirs to remove.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
