import {
  IconCircleCheck,
  IconCircleDashed,
  IconClockPause,
  IconDownload,
  IconPlugConnected,
} from "@tabler/icons-react";
import type { PullProgress } from "../../../shared/model/pull.ts";
import type { SourceView } from "../../../shared/model/view.ts";
import { useCommand, useIsRunning } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Changing } from "../../components/changing.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { Moment, Progress, Tag } from "../../components/values.tsx";
import { useKeptEvent } from "../../events.ts";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { ConnectionAnswer } from "./connection-answer.tsx";
import { IpeRecordView } from "./ipe-record.tsx";
import { placeOf } from "./source-place.ts";

const words = strings.sources;

export interface SourceCardProps {
  readonly view: SourceView;
  readonly onPull: (id: string) => void;
}

export function SourceCard({ view, onPull }: SourceCardProps) {
  const { source, ipe } = view;
  const isPulling = useIsRunning("pull.run");
  const progress = useKeptEvent("pull-progress")?.[source.id];
  const test = useCommand("source.test");
  return (
    <Card
      title={
        <span className="row">
          {source.id} <Tag>{words.kinds[source.kind]}</Tag> <PullState view={view} />
        </span>
      }
      actions={
        <Changing>
          <Button
            icon={<IconPlugConnected size={15} aria-hidden />}
            isDisabled={test.isPending}
            aria-label={words.testOf(source.id)}
            onPress={() => test.mutate({ id: source.id })}
          >
            {words.test}
          </Button>
          <Button
            icon={<IconDownload size={15} aria-hidden />}
            isDisabled={isPulling}
            aria-label={words.pullOf(source.id)}
            onPress={() => onPull(source.id)}
          >
            {words.pull}
          </Button>
        </Changing>
      }
    >
      <div className="stack">
        {isPulling && progress ? <SourceProgress progress={progress} /> : null}
        <Terms entries={[...placeOf(source), ipe ? [words.received, receivedOf(ipe.counts)] : null]} />
        {test.isError ? <FaultNotice fault={test.error} onRetry={() => test.mutate({ id: source.id })} /> : null}
        {test.data ? <ConnectionAnswer answer={test.data} /> : null}
        {ipe ? <IpeRecordView ipe={ipe} /> : null}
      </div>
    </Card>
  );
}

function receivedOf(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([what, count]) => `${what}: ${formatCount(count)}`);
  return parts.length === 0 ? words.nothingReceived : parts.join(" · ");
}

function PullState({ view: { pull } }: { readonly view: SourceView }) {
  if (pull === null) {
    return (
      <span className="pull-state muted">
        <IconCircleDashed size={15} aria-hidden />
        {words.states.never}
      </span>
    );
  }
  const look = { complete: "good", interrupted: "doubt", running: "muted" }[pull.state];
  const Icon =
    pull.state === "complete" ? IconCircleCheck : pull.state === "running" ? IconCircleDashed : IconClockPause;
  return (
    <span className={`pull-state ${look}`}>
      <Icon size={15} aria-hidden />
      {words.states[pull.state]} <Moment at={pull.finishedAt ?? pull.startedAt} />
    </span>
  );
}

function SourceProgress({ progress }: { readonly progress: PullProgress }) {
  const { what, done, total } = progress;
  const amount = total === null ? formatCount(done) : `${formatCount(done)} / ${formatCount(total)}`;
  return (
    <div className="source-progress">
      <span className="row">
        <span>{what}</span>
        <span className="muted">{amount}</span>
      </span>
      <Progress label={words.progressOf(progress.sourceId)} done={done} total={total} />
    </div>
  );
}
