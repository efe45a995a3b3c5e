import type { DemoSources } from "../make-demo-sources.ts";
import { guardGithub } from "./github-guard.ts";
import { answerGithub } from "./github-server.ts";
import type { DemoRequests, DemoServerOptions } from "./guard.ts";
import { serve } from "./http-server.ts";
import { guardJira } from "./jira-guard.ts";
import { answerJira } from "./jira-server.ts";
import type { Answerer } from "./reply.ts";

export interface DemoServer {
  readonly githubUrl: string;
  readonly jiraUrl: string;
  /** The account that Jira's basic authentication wants with the token. */
  readonly jiraUser: string;
  readonly requests: DemoRequests;
  close(): Promise<void>;
}

/**
 * Serves the demo's GitHub and Jira on this machine, each on a free port of 127.0.0.1. They page, count and limit
 * requests, authenticate and refuse as the real ones do, and read only. The process may end while they run.
 */
export async function startDemoServer(sources: DemoSources, options: DemoServerOptions): Promise<DemoServer> {
  const { story } = sources;
  const requests: DemoRequests = { github: 0, jira: 0, unchanged: 0, unauthorised: 0, limited: 0, writing: 0 };
  const counted = (system: "github" | "jira", answer: Answerer): Answerer => {
    return (asked) => {
      requests[system]++;
      return answer(asked);
    };
  };
  const github = await serve(counted("github", guardGithub(options, requests, answerGithub(story, sources.github))));
  const jira = await serve(counted("jira", guardJira(story, options, requests, answerJira(story, sources.jira))));
  return {
    githubUrl: github.url,
    jiraUrl: jira.url,
    jiraUser: story.auditor.email,
    requests,
    close: async () => {
      await Promise.all([github.close(), jira.close()]);
    },
  };
}
