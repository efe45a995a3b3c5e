import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { factsOf } from "../deploy/tool-under-test.ts";
import { pullOnce, temporaryFolder } from "../pull-double.ts";
import { createRepository, gitIn, gitSource } from "./repository-under-test.ts";

it("notes and CODEOWNERS at the tip are read with the commits, and trailers of their messages", async () => {
  const { path, git, commit } = createRepository(join(temporaryFolder(), "shop"));
  commit("2025-01-10", "Start", { ".github/CODEOWNERS": "* @acme/all\n", "CODEOWNERS": "* @nobody\n" });
  const id = commit("2025-01-11", "Refund\n\nReviewed-by: Bo <bo@example.org>\nChange-Id: I12", { "a.ts": "a\n" });
  git("notes", "--ref=review", "add", "-m", "Verified by Cy", id);
  const source = gitSource(path);
  const pulled = await pullOnce(gitDriver, source);
  expect(factsOf(pulled, source, "commit-note")).toMatchObject([
    { commit: id, ref: "refs/notes/review", text: "Verified by Cy\n" },
  ]);
  expect(factsOf(pulled, source, "code-owners")).toMatchObject([{ pattern: "*", owners: ["@acme/all"] }]);
  expect(factsOf(pulled, source, "commit").find((one) => one.id === id)?.trailers).toEqual([
    { token: "Reviewed-by", value: "Bo <bo@example.org>" },
    { token: "Change-Id", value: "I12" },
  ]);
});

it("a signature is good, of an unknown key or absent, by the list of allowed signers that was handed over", async () => {
  const folder = temporaryFolder();
  const { path, commit } = createRepository(join(folder, "shop"));
  const none = commit("2025-01-10", "Unsigned", { "a.ts": "a\n" });
  const sign = (name: string) => {
    const key = join(folder, name);
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key]);
    const options = ["-c", "gpg.format=ssh", "-c", `user.signingKey=${key}.pub`];
    gitIn(path, [...options, "commit", "--quiet", "--allow-empty", "-S", "-m", name], { day: "2025-01-11" });
    return { id: gitIn(path, ["rev-parse", "HEAD"]), key };
  };
  const known = sign("known");
  const stranger = sign("stranger");
  const publicKey = execFileSync("cat", [`${known.key}.pub`], { encoding: "utf8" });
  mkdirSync(join(folder, "keys"));
  writeFileSync(join(folder, "keys", "signers"), `ada@example.org ${publicKey}`);
  // The repository names a program of its own, which must not be run.
  gitIn(path, ["config", "gpg.ssh.program", join(folder, "evil")]);
  const source = { ...gitSource(path), allowedSigners: "keys/signers" };
  const pulled = await pullOnce(gitDriver, source, { baseFolder: folder });
  const statuses = factsOf(pulled, source, "commit-signature").map(({ commit: id, status, signer }) => [
    id,
    status,
    signer,
  ]);
  expect(new Map(statuses.map(([id, ...rest]) => [id, rest]))).toEqual(
    new Map([
      [none, ["none", ""]],
      [known.id, ["good", "ada@example.org"]],
      [stranger.id, ["unknown-key", ""]],
    ]),
  );
});
