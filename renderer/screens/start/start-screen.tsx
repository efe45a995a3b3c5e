import { IconFileZip, IconFolderOpen, IconPlayerPlay } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card, Page } from "../../components/page.tsx";
import { FaultNotice, Loading } from "../../components/states.tsx";
import { useKeptEvent } from "../../events.ts";
import { strings } from "../../strings.ts";
import { useVerification } from "../verify/use-verification.ts";
import { NewEngagement } from "./new-engagement.tsx";
import { RecentEngagements } from "./recent-engagements.tsx";
import { useEngagementOpening, useOpeningState } from "./use-engagement-opening.ts";

const words = strings.start;

export function StartScreen() {
  const opening = useEngagementOpening();
  const { running, fault } = useOpeningState();
  const verification = useVerification();
  const settings = useProcedure("settings.show", {});
  const isBusy = running !== null;
  return (
    <Page title={words.title} subtitle={words.subtitle}>
      <div className="columns">
        <div className="stack">
          {fault && !isBusy ? <FaultNotice fault={fault} /> : null}
          {running ? <OpeningProgress what={words.opening[running]} /> : null}
          <Card title={words.newTitle}>
            {settings.isError ? <FaultNotice fault={settings.error} onRetry={() => void settings.refetch()} /> : null}
            <NewEngagement isBusy={isBusy} suggested={settings.data} onCreate={opening.create} />
          </Card>
        </div>
        <div className="stack">
          <CurrentEngagement isBusy={isBusy} onClose={opening.close} />
          <RecentEngagements isBusy={isBusy} onOpen={opening.openPath} />
          <Card title={words.demoTitle}>
            <Choice about={words.demoAbout}>
              <Button icon={<IconPlayerPlay size={15} aria-hidden />} isDisabled={isBusy} onPress={opening.openDemo}>
                {words.demo}
              </Button>
            </Choice>
          </Card>
          <Card title={words.openTitle}>
            <Choice about={words.openAbout}>
              <Button
                icon={<IconFolderOpen size={15} aria-hidden />}
                isDisabled={isBusy}
                onPress={opening.chooseAndOpen}
              >
                {words.open}
              </Button>
            </Choice>
          </Card>
          <Card title={words.verifyTitle}>
            <Choice about={words.verifyAbout}>
              <Button icon={<IconFileZip size={15} aria-hidden />} onPress={verification.choose}>
                {words.verify}
              </Button>
            </Choice>
          </Card>
        </div>
      </div>
    </Page>
  );
}

function Choice({ about, children }: { readonly about: string; readonly children: React.ReactNode }) {
  return (
    <div className="stack">
      <p className="muted">{about}</p>
      <div className="row">{children}</div>
    </div>
  );
}

function OpeningProgress({ what }: { readonly what: string }) {
  const progress = useKeptEvent("work-progress");
  return <Loading what={progress ? `${what} ${progress.what}` : what} />;
}

interface CurrentEngagementProps {
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

function CurrentEngagement({ isBusy, onClose }: CurrentEngagementProps) {
  const current = useProcedure("engagement.current", {});
  if (!current.data) return null;
  const { engagement, path } = current.data;
  return (
    <Card title={words.currentTitle}>
      <div className="stack">
        <p>
          <strong>{engagement.name}</strong>, {engagement.entity}
        </p>
        <p className="mono muted break">{path}</p>
        <div className="row">
          <Link to="/overview">{words.goOn}</Link>
          <Button isDisabled={isBusy} onPress={onClose}>
            {words.close}
          </Button>
        </div>
      </div>
    </Card>
  );
}
