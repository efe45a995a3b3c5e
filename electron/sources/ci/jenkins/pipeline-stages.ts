import { faultOf } from "../../../../shared/errors.ts";
import { jobPath } from "./jenkins-client.ts";
import type { JobWalk } from "./jenkins-cursor.ts";
import { type JenkinsPull, jobOf, keep, saveWalk } from "./jenkins-pull.ts";

/** The stages of one pipeline run. A server without the stage view has none to show, which is told once. */
export async function pullStages(pull: JenkinsPull, walk: JobWalk, run: number): Promise<void> {
  const pending = walk.pending.filter((number) => number !== run);
  try {
    const answer = await pull.client.get(`${jobPath(jobOf(pull))}/${run}/wfapi/describe`);
    await saveWalk(pull, [keep(pull, answer, "jenkins.stages")], { pending }, { stages: 1 });
  } catch (thrown) {
    const { code, message } = faultOf(thrown);
    if (code !== "http-not-found" && code !== "http-forbidden") throw thrown;
    const note = `The stages of ${jobOf(pull)} were not pulled, so single stages are not known: ${message}`;
    await saveWalk(pull, [], { pending: [], stages: false }, { notes: [note] });
  }
}
