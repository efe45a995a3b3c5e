import { faultOf } from "../../../../shared/errors.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { parseAnswer } from "../../http/json-client.ts";
import type { KeptAnswer } from "../../pull-steps.ts";
import { type AzurePull, keep } from "./azure-pull.ts";
import { Approvals, Timeline } from "./azure-shapes.ts";

const approvalsPerQuestion = 20;

/** One build's timeline and the approvals that it waited for, stored in one step. */
export async function pullTimeline(pull: AzurePull, build: number): Promise<void> {
  const { steps } = pull;
  const answer = await askTimeline(pull, build);
  const approvals = answer === null ? { answers: [], rows: 0, named: 0 } : await pullApprovals(pull, build, answer);
  const { cursor } = steps;
  const { counts } = cursor;
  const kept = answer === null ? [] : [keep(pull, answer, "azure-pipelines.timeline")];
  await steps.save([...kept, ...approvals.answers], {
    ...cursor,
    pending: cursor.pending.filter((id) => id !== build),
    counts: {
      ...counts,
      timelines: counts.timelines + kept.length,
      approvals: counts.approvals + approvals.rows,
      approvalsNamed: counts.approvalsNamed + approvals.named,
      withoutTimeline: counts.withoutTimeline + (answer === null ? 1 : 0),
    },
  });
}

/** A build that never began has no timeline: Azure says 204 or 404. */
async function askTimeline({ client }: AzurePull, build: number): Promise<JsonAnswer | null> {
  try {
    return await client.getOfProject(`build/builds/${build}/timeline`);
  } catch (thrown) {
    const { code } = faultOf(thrown);
    if (code !== "http-not-found" && code !== "http-unexpected-status") throw thrown;
    return null;
  }
}

async function pullApprovals(pull: AzurePull, build: number, timeline: JsonAnswer) {
  const { records } = parseAnswer(Timeline, timeline);
  const stages = stagesOf(records ?? []);
  const ids = (records ?? []).filter(({ type }) => type === "Checkpoint.Approval").map(({ id }) => id);
  const answers: KeptAnswer[] = [];
  let rows = 0;
  for (let at = 0; at < ids.length; at += approvalsPerQuestion) {
    const approvalIds = ids.slice(at, at + approvalsPerQuestion).join(",");
    const answer = await pull.client.getOfProject("pipelines/approvals", {
      ...{ approvalIds, $expand: "steps" },
      // Published as a preview: a server that has it as such refuses a question without the word, and none with it.
      "api-version": "7.1-preview.1",
    });
    const { value } = parseAnswer(Approvals, answer);
    const kept = keep(pull, answer, "azure-pipelines.approvals", value.length, { build: String(build) });
    const names = Object.fromEntries(ids.slice(at, at + approvalsPerQuestion).flatMap((id) => stages(id)));
    answers.push({ ...kept, record: { ...kept.record, reading: { ...kept.record.reading, names } } });
    rows += value.length;
  }
  return { answers, rows, named: ids.length };
}

/** The stage that an approval let pass: its answer does not name it, but the timeline has the approval below the stage. */
function stagesOf(records: NonNullable<Timeline["records"]>): (approval: string) => [id: string, stage: string][] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return (approval) => {
    let record = byId.get(approval);
    for (let steps = 0; record !== undefined && record.type !== "Stage" && steps < records.length; steps += 1) {
      record = byId.get(record.parentId ?? "");
    }
    return record?.type === "Stage" && record.name ? [[approval, record.name]] : [];
  };
}
