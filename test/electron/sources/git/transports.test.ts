import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished, vi } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { createPullDouble, evidenceOf, pullOnce, temporaryFolder } from "../pull-double.ts";
import { createRepository, gitSource } from "./repository-under-test.ts";

/** A small repository with a merged branch and a tag, in a folder of its own. */
function makeServed(): string {
  const { path, git, commit, merge } = createRepository(join(temporaryFolder(), "shop"));
  commit("2025-01-10", "Start", { "a.ts": "a\n" });
  git("switch", "--quiet", "-c", "one");
  commit("2025-01-11", "PROJ-1 Change", { "a.ts": "b\n" });
  git("switch", "--quiet", "main");
  merge("2025-01-12", "one");
  git("tag", "v1");
  return path;
}

/** The same evidence over a transport as from the folder itself. */
async function expectSame(path: string, url: string): Promise<void> {
  const local = await pullOnce(gitDriver, gitSource(path));
  const remote = await pullOnce(gitDriver, gitSource(url));
  expect(evidenceOf(remote)).toEqual(evidenceOf(local));
  const { notes } = await gitDriver.test(gitSource(url), createPullDouble().context);
  expect(notes[0]).toMatch(/^Branch refs\/heads\/main is at [0-9a-f]{40}\.$/);
}

async function freePort(): Promise<number> {
  const server = createSocketServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

it("git daemon gives the same evidence as the folder", async () => {
  const path = makeServed();
  const port = await freePort();
  const options = [
    "--export-all",
    "--reuseaddr",
    "--listen=127.0.0.1",
    `--port=${port}`,
    `--base-path=${dirname(path)}`,
  ];
  // In a process group of its own, so that ending it ends what it started and nothing else.
  const daemon = spawn("git", ["daemon", ...options], { stdio: "ignore", detached: true });
  onTestFinished(() => {
    if (daemon.pid !== undefined) process.kill(-daemon.pid);
  });
  const url = `git://127.0.0.1:${port}/shop/.git`;
  const { context } = createPullDouble();
  for (let tries = 0; tries < 50; tries += 1) {
    if (
      await gitDriver.test(gitSource(url), context).then(
        () => true,
        () => false,
      )
    )
      break;
    await sleep(100);
  }
  await expectSame(path, url);
});

it("git http-backend gives the same evidence as the folder", async () => {
  const path = makeServed();
  const server = createServer((request, response) => answerByBackend(dirname(path), request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await expectSame(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop/.git`);
});

/** Runs git's own CGI program for a request. */
function answerByBackend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://localhost");
  const backend = spawn("git", ["-c", "safe.directory=*", "http-backend"], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
  });
  request.pipe(backend.stdin);
  const parts: Buffer[] = [];
  backend.stdout.on("data", (part: Buffer) => parts.push(part));
  backend.on("close", () => {
    const answer = Buffer.concat(parts);
    const end = answer.indexOf("\r\n\r\n");
    const headers = answer.toString("latin1", 0, end).split("\r\n");
    let status = 200;
    for (const header of headers) {
      const [name = "", value = ""] = header.split(/: (.*)/s);
      if (name === "Status") status = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status);
    response.end(answer.subarray(end + 4));
  });
}

it("an ssh address is asked through whatever ssh the machine is set up with", async () => {
  const path = makeServed();
  const script = join(temporaryFolder(), "ssh");
  // Stands for a connection: the last argument is the command that the other side would run.
  writeFileSync(script, '#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n', { mode: 0o755 });
  vi.stubEnv("GIT_SSH", script);
  vi.stubEnv("GIT_SSH_VARIANT", "simple");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  await expectSame(path, `ssh://git.example${path}/.git`);
});
