import { type HttpLimits, pullLimits } from "../../http/http-limits.ts";
import { createHostDriver } from "../walk/host-driver.ts";
import { planBitbucket } from "./bitbucket-plan.ts";

/** Pull requests with their activity, statuses and deployments of one repository of Bitbucket Cloud (REST 2.0). */
export const createBitbucketDriver = (limits: HttpLimits = pullLimits) =>
  createHostDriver("bitbucket", planBitbucket, limits);

export const bitbucketDriver = createBitbucketDriver();
