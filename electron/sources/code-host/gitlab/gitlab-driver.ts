import { type HttpLimits, pullLimits } from "../../http/http-limits.ts";
import { createHostDriver } from "../walk/host-driver.ts";
import { planGitlab } from "./gitlab-plan.ts";

/** Merge requests with all that was said and decided on them, pipelines and deployments of one GitLab project (REST v4). */
export const createGitlabDriver = (limits: HttpLimits = pullLimits) => createHostDriver("gitlab", planGitlab, limits);

export const gitlabDriver = createGitlabDriver();
