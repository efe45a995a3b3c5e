/** `npm run format`: formats, sorts imports, and mends what can be mended safely. */
import { runNode } from "../prepare/child.ts";
import { runScript } from "../prepare/say.ts";

runScript(() => runNode("node_modules/@biomejs/biome/bin/biome", ["check", "--write", "."]));
