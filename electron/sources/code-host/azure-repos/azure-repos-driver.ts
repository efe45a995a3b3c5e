import { type HttpLimits, pullLimits } from "../../http/http-limits.ts";
import { createHostDriver } from "../walk/host-driver.ts";
import { planAzureRepos } from "./azure-repos-plan.ts";

/** Pull requests with their threads, votes and iterations of one repository of Azure DevOps (REST 7.1). */
export const createAzureReposDriver = (limits: HttpLimits = pullLimits) =>
  createHostDriver("azure-repos", planAzureRepos, limits);

export const azureReposDriver = createAzureReposDriver();
