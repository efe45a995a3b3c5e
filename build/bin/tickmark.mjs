#!/usr/bin/env node
/** The `tickmark` command: the command line of electron/cli on the project's own Node. */
import { handOver } from "../handover.mjs";
import { ensureInstalled } from "../install.mjs";

ensureInstalled();
handOver("electron/cli/index.ts", process.argv.slice(2), process.cwd());
