import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../../build/install.mjs";

const folder = join(root, "electron/sources");

/** Everything that collects, without the demo's own servers. */
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.startsWith("demo"))
  .map((name) => ({ name: relative(folder, join(folder, name)), text: readFileSync(join(folder, name), "utf8") }));

const namesOf = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

it("only one file of all that collects can send anything over HTTP", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(namesOf(/\bfrom "node:http2?"|\bfrom "node:https"/).sort()).toEqual([
    "http/agents.ts",
    "http/pinned-agent.ts",
    "http/send-get.ts",
  ]);
  expect(namesOf(/\b(requestHttps?|httpRequest|httpsRequest)\(/)).toEqual(["http/send-get.ts"]);
  expect(namesOf(/(?<![.\w])fetch\(|\bXMLHttpRequest\b|\bfrom "(undici|node:net|node:dgram)"/)).toEqual([]);
});

it("that file knows GET, and POST for the questions of an API that has no other way to be read", () => {
  const sender = files.find(({ name }) => name === "http/send-get.ts")?.text ?? "";
  const methods = [...sender.matchAll(/"(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT)"/g)].map(
    ([, method]) => method,
  );
  expect(new Set(methods)).toEqual(new Set(["GET", "POST"]));
  // Who sends a question with a body is named here; CodeDeploy's are List, Get and BatchGet alone.
  expect(namesOf(/\b(attemptGet|receiveGet)\(/).sort()).toEqual([
    "deploy/codedeploy/codedeploy-client.ts",
    "http/json-client.ts",
    "http/one-attempt.ts",
  ]);
  expect(namesOf(/\bsendGet\(/).sort()).toEqual(["http/one-attempt.ts", "http/send-get.ts"]);
  const client = files.find(({ name }) => name === "http/json-client.ts")?.text ?? "";
  expect(client).not.toMatch(/\bquestion:/);
});

it("what CodeDeploy is asked only reads", () => {
  const asked = files
    .filter(({ name }) => name.startsWith("deploy/codedeploy/"))
    .flatMap(({ text }) =>
      [...text.matchAll(/"([A-Z][a-z]+(?:[A-Z][a-z]+)*Deployment\w*)"/g)].map(([, action = ""]) => action),
    );
  expect(asked.length).toBeGreaterThan(0);
  for (const action of asked) expect(action).toMatch(/^(List|Get|BatchGet)/);
});
