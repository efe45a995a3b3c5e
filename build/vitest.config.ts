import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Unit and integration tests. What needs a window is in test/e2e and runs under Playwright (playwright.config.ts). */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: "node_modules/.cache/vite",
  test: {
    environment: "node",
    // Processes, not threads: tests load better-sqlite3, change environment variables and start children of their own.
    pool: "forks",
    projects: [
      {
        extends: true,
        // Pure code keeps nothing between calls: its tests share a process, which saves starting one for each file.
        test: { name: "pure", include: ["test/shared/**/*.test.ts", "test/renderer/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/shared/**", "test/renderer/**", "test/e2e/**", "test/fixtures/**"],
        },
      },
    ],
    // One worker for each core: much of a test is waiting for git, openssl and servers.
    maxWorkers: "100%",
    // Real git, openssl and SQLite on a slow machine: a limit against hanging, not a statement about speed.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    unstubEnvs: true,
    passWithNoTests: false,
  },
});
