import { type HttpLimits, pullLimits } from "../../http/http-limits.ts";
import { createHostDriver } from "../walk/host-driver.ts";
import { planGerrit } from "./gerrit-plan.ts";

/** Changes of one Gerrit project with their revisions, votes, messages and comments (REST 3). */
export const createGerritDriver = (limits: HttpLimits = pullLimits) => createHostDriver("gerrit", planGerrit, limits);

export const gerritDriver = createGerritDriver();
