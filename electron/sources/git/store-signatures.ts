import { resolve } from "node:path";
import type { RawRecord } from "../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { PullContext } from "../source-driver.ts";
import type { GitCursor } from "./cursor.ts";
import type { GitPull } from "./git-pull.ts";
import { callOn } from "./repository.ts";
import { commandText, readGit } from "./run-git.ts";
import { readWalkFile } from "./walk-file.ts";

const lotCommits = 10_000;

/**
 * What git says of the commits' signatures, with the keys that the source names; without keys nothing is asked, since
 * git could tell of none whether it is good. The programs are named here: a repository's own settings could name others.
 */
export async function storeSignatures(
  source: SourceOf<"git">,
  { walk, cut }: GitPull,
  cursor: GitCursor,
  context: PullContext,
): Promise<GitCursor> {
  const { allowedSigners, keyring } = source;
  if (walk === null || (allowedSigners === undefined && keyring === undefined)) return cursor;
  const signers = allowedSigners === undefined ? "" : resolve(context.baseFolder, allowedSigners);
  // biome-ignore format: a command reads best on few lines
  const args = [
    "-c", "gpg.program=gpg", "-c", "gpg.ssh.program=ssh-keygen", "-c", "gpg.x509.program=gpgsm",
    "-c", `gpg.ssh.allowedSignersFile=${signers}`,
    "log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--format=%H%x09%G?%x09%GS%x09%GK",
  ];
  const environment = keyring === undefined ? {} : { GNUPGHOME: resolve(context.baseFolder, keyring) };
  const repository = { ...cut.repository, environment: { ...cut.repository.environment, ...environment } };
  for (let from = 0; from < walk.commits; from += lotCommits) {
    const to = Math.min(from + lotCommits, walk.commits);
    const bytes = await readGit(callOn(repository, args, readWalkFile(walk, from, to, repository.idLength)));
    const receivedAt = context.now();
    const locator = `git:signatures#${from + 1}-${to}`;
    const record: RawRecord = { format: "git.signatures", locator, bytes, receivedAt };
    const asked = commandText(args.map((arg) => arg.replace(signers || "\0", allowedSigners ?? "")));
    const request = { asked, status: 0, at: receivedAt, bytes: bytes.length, rows: to - from, attempts: 1 };
    await context.save({ records: [record], requests: [request], cursor });
    context.report({ what: "signatures", done: to, total: walk.commits });
  }
  return cursor;
}
