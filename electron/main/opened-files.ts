import { resolve } from "node:path";
import type { EventOf } from "../../shared/ipc/contract.ts";

/** What a path from the desktop or the command line asks for; undefined where it is none of Tickmark's files. */
export function readOpenedFile(path: string): EventOf<"open-requested"> | undefined {
  const name = path.toLowerCase();
  if (name.endsWith(".tickmark")) {
    return { kind: "engagement", path };
  }
  return name.endsWith(".zip") || name.endsWith(".asice") ? { kind: "bundle", path } : undefined;
}

/** The files among a process's arguments, which are relative to the folder that it was started in. */
export function filesAmong(args: readonly string[], folder: string): EventOf<"open-requested">[] {
  return args
    .filter((arg) => !arg.startsWith("-"))
    .flatMap((arg) => {
      const opened = readOpenedFile(resolve(folder, arg));
      return opened ? [opened] : [];
    });
}
