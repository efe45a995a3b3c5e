import type { SourceKind, SourceOf } from "../../../shared/model/source.ts";
import { type HttpLimits, pullLimits, testLimits } from "../http/http-limits.ts";
import { keepAnswer, momentOf } from "../http/kept-answer.ts";
import { createPullSteps, type KeptAnswer } from "../pull-steps.ts";
import type { PullContext, SourceDriver } from "../source-driver.ts";
import { ListCursor } from "./list-cursor.ts";
import { outcomeOf } from "./list-outcome.ts";
import type { ListClient, ListTool } from "./list-tool.ts";
import { pullLists } from "./list-walk.ts";

/** A driver for a tool whose records come as lists. The cursor holds what is still to be asked. */
export function createListDriver<K extends SourceKind>(
  tool: ListTool<K>,
  limits: HttpLimits = pullLimits,
): SourceDriver<K> {
  return {
    kind: tool.kind,
    async test(source, context) {
      const client = tool.connect(source, context, limits === pullLimits ? testLimits : limits);
      const { identity, access, canWrite, notes } = await tool.identify(client, source, context);
      const [first] = tool.begin(source, context);
      // That the first list can be read is what the pull will need.
      if (first !== undefined) tool.read(first, await client.ask(first), source, context);
      return { identity, access, canWrite, notes: [...notes] };
    },
    async pull(source, context) {
      const onWait = (until: string) =>
        context.report({ what: `waiting for ${tool.name} until ${until}`, done: 0, total: null });
      const client = tool.connect(source, context, limits, onWait);
      const { cursor, answers } = await begin(tool, source, client, context);
      const steps = createPullSteps(context, cursor);
      await steps.save(answers, cursor);
      await pullLists({ tool, source, context, client, steps });
      return outcomeOf(tool, source, context, steps.cursor);
    },
  };
}

async function begin<K extends SourceKind>(
  tool: ListTool<K>,
  source: SourceOf<K>,
  client: ListClient,
  context: PullContext,
): Promise<{ cursor: ListCursor; answers: readonly KeptAnswer[] }> {
  const begun = ListCursor.safeParse(context.cursor);
  const { account, identity, access, notes, answers } = await tool.identify(client, source, context);
  const kept = answers.map((answer) => keepAnswer(answer, tool.other, context.now()));
  if (begun.success && begun.data.account === account) return { cursor: begun.data, answers: kept };
  const [first] = answers;
  const cursor: ListCursor = {
    version: 1,
    startedAt: first === undefined ? context.now() : momentOf(first, context.now()),
    account,
    identity,
    access,
    pending: tool.begin(source, context),
    tallies: {},
    reachesBackTo: null,
    hasGaps: false,
    refused: [],
    answers: 0,
    // Another account may see other records, so nothing that the first one saw is counted on.
    notes: begun.success ? [...notes, `It was begun as ${begun.data.identity}, and again as ${identity}.`] : [...notes],
  };
  return { cursor, answers: kept };
}
