import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { readSecret } from "../../../electron/engine/secrets.ts";
import { faultOf } from "../../../shared/errors.ts";

function faultFrom(read: () => string) {
  try {
    read();
  } catch (thrown) {
    return faultOf(thrown);
  }
  throw new Error("it read something");
}

it("a secret is read from where it is kept, without what an editor put around it", () => {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-secret-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "token"), "of the file\n");
  vi.stubEnv("TICKMARK_TEST_TOKEN", " of the variable ");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(readSecret({ in: "file", path: join(folder, "token") })).toBe("of the file");
  expect(readSecret({ in: "environment", name: "TICKMARK_TEST_TOKEN" })).toBe("of the variable");
  expect(readSecret({ in: "keychain", name: "shop" }, { shop: "lent" })).toBe("lent");
});

it("a secret that is not there is told with its place, and the command line is told that it has no keychain", () => {
  const shop = { in: "keychain", name: "shop" } as const;
  expect(faultFrom(() => readSecret({ in: "environment", name: "TICKMARK_NO_TOKEN" })).message).toContain(
    "TICKMARK_NO_TOKEN is not set",
  );
  expect(faultFrom(() => readSecret({ in: "file", path: "/none/token" })).message).toContain(
    "/none/token cannot be read",
  );
  expect(faultFrom(() => readSecret(shop))).toMatchObject({
    code: "secret-missing",
    message: expect.stringContaining("which the command line does not read"),
  });
  expect(faultFrom(() => readSecret(shop, {})).message).toContain("No token called shop");
  // A name that every object has is no token.
  expect(faultFrom(() => readSecret({ in: "keychain", name: "constructor" }, {})).code).toBe("secret-missing");
});
