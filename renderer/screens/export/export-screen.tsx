import { IconCircleCheck, IconFolder, IconPackageExport } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RequestOf } from "../../../shared/ipc/contract.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import type { SignerRole } from "../../../shared/model/signer-role.ts";
import type { SplitBy } from "../../../shared/model/split.ts";
import type { EngagementView, ExportView, TimestampView } from "../../../shared/model/view.ts";
import { useCommand, useIsRunning, useLatest, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card, Page, Terms } from "../../components/page.tsx";
import { RunningStep } from "../../components/running-step.tsx";
import { type Choice, SelectField } from "../../components/select-field.tsx";
import { AnswerOf, Empty, FaultNotice } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { Hash } from "../../components/values.tsx";
import { clearProgress } from "../../events.ts";
import { countOf, formatBytes } from "../../format.ts";
import { strings } from "../../strings.ts";
import { NoEngagement } from "../start/no-engagement.tsx";
import { useVerification } from "../verify/use-verification.ts";
import { IdentityCard } from "./identity-card.tsx";
import { type RedactionChoice, RedactionFields, useAreRulesReady } from "./redaction-fields.tsx";
import { useTimestampAuthority } from "./timestamp-authority.ts";

const words = strings.export;

export function ExportScreen() {
  const current = useProcedure("engagement.current", {});
  return (
    <Page title={words.title} reference={strings.references.export} subtitle={words.subtitle}>
      <AnswerOf of={current} loading={words.loading}>
        {(view) => {
          if (view === null) return <NoEngagement />;
          return view.browsed ? <Empty title={words.browsed}>{words.browsedAbout}</Empty> : <Export view={view} />;
        }}
      </AnswerOf>
    </Page>
  );
}

function Export({ view }: { readonly view: EngagementView }) {
  const identity = useProcedure("identity.show", {});
  const write = useCommand("export.write");
  const isRunning = useIsRunning("export.write");
  const latest = useLatest("export.write");
  const { authority, setAuthority } = useTimestampAuthority();
  const [how, setHow] = useState<ExportHow>({ evidence: "sampled", role: "preparer", split: "none" });
  const [redaction, setRedaction] = useState<RedactionChoice>({ isWanted: false, path: "" });
  const areRulesReady = useAreRulesReady(redaction);
  const client = useQueryClient();
  const run = () => {
    clearProgress(client);
    write.mutate(requestOf(how, authority, redaction));
  };
  return (
    <div className="columns">
      <div className="stack">
        {latest?.data && !isRunning ? <Exported result={latest.data} /> : null}
        {latest?.error && !isRunning ? <FaultNotice fault={latest.error} onRetry={run} /> : null}
        <Card
          title={words.contents}
          actions={
            <Button
              look="primary"
              icon={<IconPackageExport size={15} aria-hidden />}
              isDisabled={isRunning || !identity.data || view.counts.results === 0 || !areRulesReady}
              onPress={run}
            >
              {words.write}
            </Button>
          }
        >
          <div className="stack">
            {isRunning ? <ExportProgress /> : null}
            {identity.data === null ? <p className="notice">{words.identityFirst}</p> : null}
            {view.counts.results === 0 ? <p className="notice">{words.notEvaluated}</p> : null}
            {areRulesReady ? null : <p className="notice">{words.rulesFirst}</p>}
            <div className="form-pair">
              <SelectField
                label={words.evidence}
                hint={words.evidenceHints[how.evidence]}
                value={how.evidence}
                choices={choicesOf(words.evidenceScopes)}
                onChange={(evidence) => setHow({ ...how, evidence })}
              />
              <SelectField
                label={words.role}
                hint={words.roleHint}
                value={how.role}
                choices={choicesOf(words.roles)}
                onChange={(role) => setHow({ ...how, role })}
              />
            </div>
            <SelectField
              label={words.split}
              hint={words.splitHint}
              value={how.split}
              choices={choicesOf(words.splits)}
              onChange={(split) => setHow({ ...how, split })}
            />
            <RedactionFields choice={redaction} onChange={setRedaction} />
            <TextField
              label={words.timestampUrl}
              hint={words.timestampUrlHint}
              placeholder="http://tsa.example.org/tsr"
              isMono
              value={authority}
              onChange={setAuthority}
            />
            <Contents evidence={how.evidence} />
          </div>
        </Card>
      </div>
      <IdentityCard identity={identity} />
    </div>
  );
}

interface ExportHow {
  readonly evidence: EvidenceScope;
  readonly role: SignerRole;
  readonly split: SplitBy | "none";
}

function requestOf(
  { split, ...how }: ExportHow,
  authority: string,
  redaction: RedactionChoice,
): RequestOf<"export.write"> {
  return {
    ...how,
    ...(split === "none" ? {} : { split }),
    ...(authority === "" ? {} : { timestampUrl: authority }),
    ...(redaction.isWanted ? { redactionPath: redaction.path.trim() } : {}),
  };
}

function choicesOf<K extends string>(labels: Readonly<Record<K, string>>): readonly Choice<K>[] {
  return (Object.keys(labels) as K[]).map((id) => ({ id, label: labels[id] }));
}

function describeTimestamp({ url, failure }: TimestampView): string {
  return failure === null ? words.stamped(url) : words.notStamped(failure);
}

function describeRedactions({ replacements, records, log }: NonNullable<ExportView["redactions"]>): string {
  return words.redacted(replacements, records, log);
}

function Contents({ evidence }: { readonly evidence: EvidenceScope }) {
  return (
    <>
      <Terms entries={words.parts} />
      {evidence === "sampled" ? <p className="muted">{words.whole}</p> : null}
    </>
  );
}

function ExportProgress() {
  const cancel = useCommand("work.cancel");
  return (
    <RunningStep
      what={words.running}
      cancelWord={words.cancel}
      isStopping={!cancel.isIdle}
      onCancel={() => cancel.mutate({})}
    />
  );
}

function Exported({ result }: { readonly result: ExportView }) {
  const reveal = useCommand("file.reveal");
  const { verify } = useVerification();
  const file = (path: string) => <span className="mono break">{path}</span>;
  return (
    <Card
      title={
        <span className="row good">
          <IconCircleCheck size={17} aria-hidden />
          {words.done}
        </span>
      }
      actions={
        <>
          <Button icon={<IconFolder size={15} aria-hidden />} onPress={() => reveal.mutate({ path: result.zipPath })}>
            {words.reveal}
          </Button>
          <Button onPress={() => verify(result.zipPath)}>{words.verify}</Button>
        </>
      }
    >
      <Terms
        entries={[
          [words.bundle, file(result.zipPath)],
          [words.sha256, <Hash key="zip" hash={result.zipSha256} what={words.bundleHash} isWhole />],
          [words.report, file(result.pdfPath)],
          [words.sha256Report, <Hash key="pdf" hash={result.pdfSha256} what={words.reportHash} isWhole />],
          [words.files, `${countOf(result.files, words.file)}, ${formatBytes(result.bytes)}`],
          [words.signer, result.signer.subject],
          result.timestamp === null ? null : [words.timestamp, describeTimestamp(result.timestamp)],
          result.redactions === null ? null : [words.redactions, describeRedactions(result.redactions)],
          result.itemsMadeAgain ? null : [words.notMadeAgain, words.notMadeAgainHint],
        ]}
      />
      {reveal.isError ? <FaultNotice fault={reveal.error} /> : null}
    </Card>
  );
}
