import { type HttpLimits, pullLimits } from "../../http/http-limits.ts";
import { createHostDriver } from "../walk/host-driver.ts";
import { planBitbucketServer } from "./bitbucket-server-plan.ts";

/** Pull requests with their activities and builds of one repository of Bitbucket Data Center (REST 1.0). */
export const createBitbucketServerDriver = (limits: HttpLimits = pullLimits) =>
  createHostDriver("bitbucket-server", planBitbucketServer, limits);

export const bitbucketServerDriver = createBitbucketServerDriver();
