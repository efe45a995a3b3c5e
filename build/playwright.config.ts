import { defineConfig } from "@playwright/test";
import { root } from "./install.mjs";

const isCi = process.env.CI === "true";

/** The tests in a real Electron window. `npm test` builds the application and starts these under a virtual screen. */
export default defineConfig({
  testDir: `${root}/test/e2e`,
  testMatch: /\.(e2e|test|spec)\.ts$/,
  outputDir: `${root}/test-results/e2e`,
  // One window at a time: two would fight for the focus, and the machine has few cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: isCi,
  // A test that passes at the second attempt has found something; it is not repeated.
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  use: { trace: "off", screenshot: "only-on-failure" },
});
