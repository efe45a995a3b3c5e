import type { SourceKind, SourceOf } from "../../../../shared/model/source.ts";
import { type AuditWindow, windowOf } from "../../audit-window.ts";
import { type HttpLimits, pullLimits, testLimits } from "../../http/http-limits.ts";
import type { JsonClientOptions } from "../../http/json-client.ts";
import { keepAnswer, momentOf } from "../../http/kept-answer.ts";
import { createPullSteps } from "../../pull-steps.ts";
import type { PullContext, SourceContext, SourceDriver } from "../../source-driver.ts";
import { HostCursor, noStages, type StagesCursor } from "./host-cursor.ts";
import { outcomeOfHost } from "./host-outcome.ts";
import type { HostIdentity, HostPlan } from "./host-plan.ts";
import { runStages } from "./run-stages.ts";

/** What a plan is made with. */
export interface HostConnection {
  readonly context: SourceContext;
  readonly window: AuditWindow;
  readonly limits: HttpLimits;
  readonly options: Pick<JsonClientOptions, "onWait" | "earlier">;
}

/** A driver of a code host that is read stage by stage. @param planOf makes the client and says what is asked */
export function createHostDriver<K extends SourceKind>(
  kind: K,
  planOf: (source: SourceOf<K> & { readonly repository: string }, connection: HostConnection) => HostPlan,
  limits: HttpLimits,
): SourceDriver<K> {
  const withRepository = (source: SourceOf<K>) => source as SourceOf<K> & { readonly repository: string };
  return {
    kind,
    async test(source, context) {
      const patience = limits === pullLimits ? testLimits : limits;
      const connection = { context, window: windowOf(context.period), limits: patience, options: {} };
      const { identity, access, canWrite, notes } = await planOf(withRepository(source), connection).identify();
      return { identity, access, canWrite, notes };
    },
    async pull(source, context) {
      const plan = planOf(withRepository(source), {
        context,
        window: windowOf(context.period),
        limits,
        options: {
          earlier: (asked) => context.earlier(asked),
          onWait: (until) =>
            context.report({ what: `waiting for the host's quota until ${until}`, done: 0, total: null }),
        },
      });
      const steps = await begin(plan, context);
      const { client, stages } = plan;
      await runStages({
        client,
        context,
        stages,
        steps: {
          get cursor(): StagesCursor {
            return steps.cursor;
          },
          save: (answers, next) => steps.save(answers, { ...steps.cursor, ...next }),
        },
      });
      return outcomeOfHost(plan, withRepository(source).repository, context, steps.cursor);
    },
  };
}

/** Begins, or goes on where the pull stopped. Only who asks is asked again: the token may be another one by now. */
async function begin(plan: HostPlan, context: PullContext) {
  const who = await plan.identify();
  const begun = HostCursor.safeParse(context.cursor);
  const steps = createPullSteps(context, begun.success ? resume(begun.data, who) : start(who, context));
  const answers = who.answers.map((answer) => keepAnswer(answer, plan.otherFormat, context.now()));
  await steps.save(answers, steps.cursor);
  return steps;
}

function start({ answers: [first], identity, access, notes }: HostIdentity, context: PullContext): HostCursor {
  const startedAt = first === undefined ? context.now() : momentOf(first, context.now());
  return { ...noStages, version: 1, startedAt, identity, access, notes };
}

function resume(cursor: HostCursor, { identity }: HostIdentity): HostCursor {
  if (identity === cursor.identity) return cursor;
  const note = `The pull was begun as ${cursor.identity} and went on as ${identity}.`;
  return { ...cursor, identity, notes: [...cursor.notes, note] };
}
