import type { Deployment } from "./deployment-facts.ts";

type Ended = Pick<Deployment, "status">;

/** Beginnings of words for a bad end: of logs, and of the tools (Spinnaker's TERMINAL and STOPPED, CodeDeploy's Stopped). */
const bad =
  /^(?:fail|error|abort|cancel|reject|timed|timeout|time.out|terminal|terminat|stopp|unsuccess|not success|skipp|declin|denied)/i;
const good =
  /^(?:succe|ok$|okay|done|complet|finish|deployed|pass|upgraded|rolledback|published|released|promoted|active|inactive|superseded|live|healthy|green|true$|0$)/i;
/** A good word that takes itself back: "completed with errors", "succeededWithIssues". */
const reserved = /fail|err|issue|warn|part|abort|cancel|timed?.?out|skip|pending|progress|running/i;

/** A deployment that the log itself calls failed put nothing there. */
export function hasFailed({ status }: Ended): boolean {
  return bad.test(status.trim());
}

/**
 * A log without a status is taken at its word. A word that is not known, or that says no more than that it began, is no
 * failure, so that what came with it counts as released; but it speaks for nothing.
 */
export function hasSucceeded({ status }: Ended): boolean {
  const word = status.trim();
  return word === "" || (good.test(word) && !reserved.test(word));
}

/** Whether anybody can say how it ended: a log that says nothing does not say that nothing failed. */
export function isEndTold({ status }: Ended): boolean {
  return hasFailed({ status }) || (status.trim() !== "" && hasSucceeded({ status }));
}
