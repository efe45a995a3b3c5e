import { z } from "zod";
import type { SourceOf } from "../../../../shared/model/source.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { momentOf } from "../../http/kept-answer.ts";
import type { Question } from "../../list-pull/list-cursor.ts";
import type { AnswerReading } from "../../list-pull/list-tool.ts";
import type { SourceContext } from "../../source-driver.ts";
import { judgeLifecycle, judgePeriod, Lifecycle, RetentionPeriod } from "./release-retention.ts";

const Environments = z.object({ Items: z.array(z.object({ Id: z.string(), Name: z.string() })) });
const Channels = z.object({ Items: z.array(z.object({ Id: z.string(), LifecycleId: z.string().nullish() })) });
/** More than any space has: what is left out would hide a policy. */
const mostNamed = 10_000;

const aboutRetention = ["environments", "channels", "lifecycles", "the space's retention"] as const;
type AboutRetention = (typeof aboutRetention)[number];

export function isAboutRetention(list: string): boolean {
  return aboutRetention.some((name) => name === list);
}

/** The first of the questions; each answer leads to the next. */
export function askRetention(source: SourceOf<"octopus">, project: string, lifecycle: string): Question {
  return about(source, "environments", "environments", { take: mostNamed }, { project, lifecycle });
}

/** Which releases Octopus may have removed: by the lifecycles of the project and its channels, where they lead to production. */
export function readRetention(
  { list, memo }: Question,
  answer: JsonAnswer,
  source: SourceOf<"octopus">,
  context: SourceContext,
): AnswerReading {
  const now = momentOf(answer, context.now());
  if (list === "environments") {
    const named = parseAnswer(Environments, answer).Items;
    const production = named.filter(
      ({ Id, Name }) => source.production.includes(Name) || source.production.includes(Id),
    );
    const known = { ...memo, production: production.map(({ Id }) => Id).join(" ") };
    const channels = about(source, "channels", `projects/${memo.project}/channels`, { take: mostNamed }, known);
    return { keys: named.map(({ Id }) => Id), details: [{ list: "", key: "", question: channels }] };
  }
  if (list === "channels") {
    const channels = parseAnswer(Channels, answer).Items;
    const ids = [String(memo.lifecycle), ...channels.map(({ LifecycleId }) => LifecycleId || String(memo.lifecycle))];
    const details = [...new Set(ids)]
      .filter((id) => id !== "")
      .map((id) => ({ list: "", key: "", question: about(source, "lifecycles", `lifecycles/${id}`, {}, memo) }));
    return { keys: channels.map(({ Id }) => Id), details };
  }
  if (list === "lifecycles") {
    const lifecycle = parseAnswer(Lifecycle, answer);
    const production = new Set(String(memo.production).split(" "));
    const { asksSpace, ...kept } = judgeLifecycle(lifecycle, production, now);
    const query = { RetentionType: "LifecycleRelease" };
    const ofSpace = about(source, "the space's retention", "retentionpolicies", query, {});
    const details = asksSpace ? [{ list: "the space's retention", key: "space", question: ofSpace }] : [];
    return { keys: [lifecycle.Id], details, ...kept };
  }
  const { asksSpace: _none, ...kept } = judgePeriod(parseAnswer(RetentionPeriod, answer), "The space", now);
  return { keys: ["space"], ...kept };
}

function about(
  source: SourceOf<"octopus">,
  list: AboutRetention,
  path: string,
  query: Question["query"],
  memo: Question["memo"],
): Question {
  const without = "how long Octopus keeps releases is not known, so what it lists may not be all that was deployed";
  return { list, path: `api/${source.space}/${path}`, query, format: "deployment-tool.other", memo, without };
}
