import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../install.mjs";
import { run } from "./child.ts";
import { CannotPrepare } from "./say.ts";

const folder = join(root, "node_modules/pkcs11js");
const compiled = join(folder, "build/Release/pkcs11.node");

/**
 * Compiles the module that speaks to tokens, on Linux and once. Its own way, `npm rebuild pkcs11js`, downloads the headers of
 * Node; here they come from a package, and they are the same for every Node since it uses Node-API alone.
 */
export async function prepareTokenModule(): Promise<void> {
  if (existsSync(compiled)) return;
  mkdirSync(join(folder, "build/Release"), { recursive: true });
  // Under a name of its own until it is whole: two runs at once must not read each other's half.
  const own = `${compiled}.${process.pid}`;
  const sources = ["dl", "common", "main"].map((name) => join(folder, "src", `${name}.cpp`));
  const headers = [join(folder, "includes"), join(root, "node_modules/node-api-headers/include")];
  const flags = ["-O1", "-std=c++17", "-shared", "-fPIC", "-DNAPI_DISABLE_CPP_EXCEPTIONS", "-DNAPI_VERSION=8"];
  const args = [...flags, ...headers.flatMap((path) => ["-I", path]), ...sources, "-o", own, "-ldl"];
  const status = await run("g++", args, { stdout: "stderr" });
  if (status !== 0) {
    rmSync(own, { force: true });
    throw new CannotPrepare(
      "The module that speaks to tokens could not be compiled. The compiler's message stands above.",
    );
  }
  renameSync(own, compiled);
}
