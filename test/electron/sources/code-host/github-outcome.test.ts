import { expect, it } from "vitest";
import { windowOf } from "../../../../electron/sources/audit-window.ts";
import { GithubCursor } from "../../../../electron/sources/code-host/github-cursor.ts";
import { createGithubDriver } from "../../../../electron/sources/code-host/github-driver.ts";
import { outcomeOf } from "../../../../electron/sources/code-host/github-outcome.ts";
import type { GithubPull } from "../../../../electron/sources/code-host/github-pull.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { pullWithSecret } from "../pull-with-secret.ts";
import { githubToken, quickLimits, startGithub } from "./fake-github.ts";

it.each(["https://api.github.com", "https://api.acme.ghe.com"])(
  "%s keeps runs for 400 days, so a pull of an older time vouches for no older builds",
  async (apiUrl) => {
    const { source } = await startGithub();
    const period = resolvePeriod("2024-10-01", "2025-09-30", "UTC");
    const pulled = await pullWithSecret(createGithubDriver(quickLimits), source, githubToken, { period });
    const builds = (of: ReturnType<typeof outcomeOf>) => of.coverage.find(({ kind }) => kind === "builds");
    expect(builds(pulled.outcome)).toMatchObject({ from: period.start });

    const cursor = GithubCursor.parse(JSON.parse(pulled.cursor ?? ""));
    const atGithub: GithubPull = {
      source: { ...source, apiUrl },
      context: pulled.context,
      client: undefined as never,
      steps: { cursor, save: async () => undefined },
      window: windowOf(period),
    };
    const outcome = outcomeOf(atGithub);
    expect(builds(outcome)).toMatchObject({ from: "2024-12-01T09:00:00.000Z", to: period.end });
    expect(outcome.coverage.find(({ kind }) => kind === "reviews")).toMatchObject({ from: period.start });
    expect(outcome.notes.join("\n")).toContain("keeps workflow runs for 400 days");
  },
);
