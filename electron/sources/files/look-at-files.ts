import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import type { FileLook } from "../../../shared/model/source-kind.ts";
import { readSample } from "./file-sample.ts";
import { type HandedOverFile, listHandedOverFiles } from "./handed-over-files.ts";
import { recogniseFile } from "./recognition.ts";

const mostLooked = 20;

/**
 * What the first twenty files at a path would be taken for, and how many there are.
 * @param wanted what the auditor says that they are
 * @throws file-missing, file-unreadable, cancelled
 */
export async function lookAtFiles(
  path: string,
  baseFolder: string,
  signal: AbortSignal,
  wanted?: EvidenceFormat,
): Promise<{ readonly looks: FileLook[]; readonly total: number }> {
  const files = await listHandedOverFiles(path, baseFolder);
  const looks: FileLook[] = [];
  for (const file of files.slice(0, mostLooked)) looks.push(await look(file, signal, wanted));
  return { looks, total: files.length };
}

async function look(file: HandedOverFile, signal: AbortSignal, wanted?: EvidenceFormat): Promise<FileLook> {
  const taken = recogniseFile(await readSample(file, signal), wanted);
  if ("reason" in taken) return { name: file.name, format: null, title: "", because: taken.reason };
  return { name: file.name, format: taken.format.format, title: taken.format.title, because: taken.because };
}
