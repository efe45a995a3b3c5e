import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Unit and integration tests. What needs a window is in test/e2e and runs under Playwright (playwright.config.ts). */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: "node_modules/.cache/vite",
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: ["test/e2e/**", "test/fixtures/**"],
    environment: "node",
    // Processes, not threads: tests load better-sqlite3, change environment variables and start children of their own.
    pool: "forks",
    // One worker for each core: much of a test is waiting for git, openssl and servers.
    maxWorkers: "100%",
    // Real git, openssl and SQLite on a slow machine: a limit against hanging, not a statement about speed.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    unstubEnvs: true,
    passWithNoTests: false,
  },
});
