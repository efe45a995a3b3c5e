import { IconSnowflake } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { EngagementView } from "../../../shared/model/view.ts";
import { useCommand, useIsRunning, useLatest } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Empty, FaultNotice, Loading } from "../../components/states.tsx";
import { useKeptEvent } from "../../events.ts";
import { strings } from "../../strings.ts";

const words = strings.population.freeze;

/** Before the population is frozen: what freezing does, and the button that does it. */
export function FreezeFirst({ counts }: { readonly counts: EngagementView["counts"] }) {
  const freeze = useCommand("population.freeze", { refreshes: ["population.show"] });
  const isRunning = useIsRunning("population.freeze");
  const latest = useLatest("population.freeze");
  const progress = useKeptEvent("work-progress");
  if (isRunning) return <Loading what={progress?.what ?? words.running} />;
  const isPulled = counts.sources > 0 && counts.pulled === counts.sources;
  return (
    <>
      {latest?.error ? <FaultNotice fault={latest.error} onRetry={() => freeze.mutate({})} /> : null}
      <Empty
        title={words.title}
        action={
          <>
            <Button
              look={isPulled ? "primary" : "plain"}
              icon={<IconSnowflake size={15} aria-hidden />}
              onPress={() => freeze.mutate({})}
            >
              {words.action}
            </Button>
            {isPulled ? null : <Link to="/sources">{words.pullFirst}</Link>}
          </>
        }
      >
        {isPulled ? words.about : words.aboutUnpulled(counts.pulled, counts.sources)}
      </Empty>
    </>
  );
}
