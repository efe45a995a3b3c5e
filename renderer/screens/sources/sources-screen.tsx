import { useIsBrowsing } from "../../components/changing.tsx";
import "./sources.css";
import { IconDownload, IconKey, IconPlayerStop, IconPlus, IconSignature } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SourceView } from "../../../shared/model/view.ts";
import { useCommand, useIsRunning, useLatest, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { AnswerOf, Empty, FaultNotice } from "../../components/states.tsx";
import { clearProgress } from "../../events.ts";
import { useDroppedFiles } from "../../frame/dropped-files.ts";
import { strings } from "../../strings.ts";
import { NoEngagement } from "../start/no-engagement.tsx";
import { AddFiles } from "./add-files.tsx";
import { AddSource } from "./add-source.tsx";
import { AttestDialog } from "./attest-dialog.tsx";
import { CompletenessCard } from "./completeness-card.tsx";
import { SourceCard } from "./source-card.tsx";
import { TokensDialog } from "./tokens-dialog.tsx";

const words = strings.sources;

export function SourcesScreen() {
  const current = useProcedure("engagement.current", {});
  const isBrowsing = useIsBrowsing();
  const [isAdding, setAdding] = useState(false);
  const [isAttesting, setAttesting] = useState(false);
  const [isShowingTokens, setShowingTokens] = useState(false);
  const [dropped, setDropped] = useState<readonly string[]>([]);
  const [next] = dropped;
  useDroppedFiles((paths) => setDropped((before) => [...before, ...paths]));
  const pull = usePulling();
  const list = useProcedure("source.list", {}, { enabled: current.data != null });
  return (
    <Page
      title={words.title}
      reference={strings.references.sources}
      subtitle={words.subtitle}
      actions={
        current.data && !isBrowsing ? (
          <>
            <Button icon={<IconSignature size={15} aria-hidden />} onPress={() => setAttesting(true)}>
              {words.attest.open}
            </Button>
            <Button icon={<IconKey size={15} aria-hidden />} onPress={() => setShowingTokens(true)}>
              {words.tokens.title}
            </Button>
            <Button icon={<IconPlus size={15} aria-hidden />} onPress={() => setAdding(true)}>
              {words.add}
            </Button>
            <PullButton pull={pull} sources={list.data ?? []} />
          </>
        ) : null
      }
    >
      <AnswerOf of={current} loading={words.loading}>
        {(view) =>
          view === null ? (
            <NoEngagement />
          ) : (
            <div className="stack">
              {pull.fault ? <FaultNotice fault={pull.fault} onRetry={() => pull.start()} /> : null}
              <AnswerOf of={list} loading={words.loading}>
                {(sources) => <SourceCards sources={sources} onPull={(id) => pull.start([id])} />}
              </AnswerOf>
              <CompletenessCard />
            </div>
          )
        }
      </AnswerOf>
      {next !== undefined && current.data && !isBrowsing ? (
        <AddFiles
          key={next}
          path={next}
          ids={list.data?.map(({ source }) => source.id) ?? []}
          onClose={() => setDropped(dropped.slice(1))}
        />
      ) : null}
      <TokensDialog sources={list.data ?? []} isOpen={isShowingTokens} onClose={() => setShowingTokens(false)} />
      <AttestDialog isOpen={isAttesting} onClose={() => setAttesting(false)} />
      <AddSource isOpen={isAdding} onClose={() => setAdding(false)} />
    </Page>
  );
}

function usePulling() {
  const client = useQueryClient();
  const { mutate } = useCommand("pull.run");
  const latest = useLatest("pull.run");
  const isRunning = useIsRunning("pull.run");
  return {
    isRunning,
    fault: !isRunning && latest?.status === "error" ? latest.error : null,
    start: (sources?: string[]) => {
      clearProgress(client);
      mutate(sources ? { sources } : {});
    },
  };
}

interface PullButtonProps {
  readonly pull: ReturnType<typeof usePulling>;
  readonly sources: readonly SourceView[];
}

function PullButton({ pull, sources }: PullButtonProps) {
  const cancel = useCommand("work.cancel");
  if (pull.isRunning) {
    return (
      <Button
        icon={<IconPlayerStop size={15} aria-hidden />}
        isDisabled={cancel.isPending}
        onPress={() => cancel.mutate({})}
      >
        {words.cancelPull}
      </Button>
    );
  }
  const isAllPulled = sources.every((source) => source.pull?.state === "complete");
  return (
    <Button
      look={isAllPulled ? "plain" : "primary"}
      icon={<IconDownload size={15} aria-hidden />}
      isDisabled={sources.length === 0 || isAllPulled}
      onPress={() => pull.start()}
    >
      {words.pullAll}
    </Button>
  );
}

interface SourceCardsProps {
  readonly sources: readonly SourceView[];
  readonly onPull: (id: string) => void;
}

function SourceCards({ sources, onPull }: SourceCardsProps) {
  if (sources.length === 0) return <Empty title={words.noneTitle}>{words.noneAbout}</Empty>;
  return sources.map((view) => <SourceCard key={view.source.id} view={view} onPull={onPull} />);
}
