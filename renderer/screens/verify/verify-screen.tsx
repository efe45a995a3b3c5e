import "./verify.css";
import { IconEye, IconFileZip } from "@tabler/icons-react";
import type { SignatureView, VerificationReport } from "../../../shared/model/verification-report.ts";
import { type CallFault, useCommand, useIsRunning, useLatest } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card, Page, Terms } from "../../components/page.tsx";
import { RunningStep } from "../../components/running-step.tsx";
import { Empty, FaultNotice } from "../../components/states.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { formatBytes, groupHash } from "../../format.ts";
import { strings } from "../../strings.ts";
import { CheckList } from "./check-list.tsx";
import { useBrowsing } from "./use-browsing.ts";
import { useVerification } from "./use-verification.ts";
import { Verdict } from "./verdict.tsx";

const words = strings.verify;

export function VerifyScreen() {
  const { choose, verify } = useVerification();
  const isRunning = useIsRunning("bundle.verify");
  const latest = useLatest("bundle.verify");
  const path = latest?.variables?.zipPath;
  const button = (
    <Button icon={<IconFileZip size={15} aria-hidden />} isDisabled={isRunning} onPress={choose}>
      {words.choose}
    </Button>
  );
  return (
    <Page title={words.title} subtitle={words.subtitle} actions={latest ? button : null}>
      <div className="stack">
        {isRunning ? <Running path={path ?? ""} /> : null}
        {!isRunning && latest?.error && path ? (
          <Unanswered fault={latest.error} path={path} onRetry={() => verify(path)} />
        ) : null}
        {!isRunning && latest?.data ? <Report report={latest.data} /> : null}
        {latest ? null : (
          <Empty title={words.emptyTitle} action={button}>
            {words.emptyAbout}
          </Empty>
        )}
      </div>
    </Page>
  );
}

function Running({ path }: { readonly path: string }) {
  const cancel = useCommand("bundle.cancel-verification");
  return (
    <Card title={words.verifying}>
      <div className="stack">
        <p className="muted mono break">{path}</p>
        <RunningStep
          what={words.running}
          cancelWord={words.cancel}
          isStopping={!cancel.isIdle}
          onCancel={() => cancel.mutate({})}
        />
      </div>
    </Card>
  );
}

interface UnansweredProps {
  readonly fault: CallFault;
  readonly path: string;
  readonly onRetry: () => void;
}

/** A bundle of which nothing is known: it could not be opened, or the person stopped it, which is no fault. */
function Unanswered({ fault, path, onRetry }: UnansweredProps) {
  if (fault.code !== "cancelled") {
    return (
      <>
        <p className="muted mono break">{path}</p>
        <FaultNotice fault={fault} onRetry={onRetry} />
      </>
    );
  }
  return (
    <Empty
      title={words.cancelledTitle}
      action={
        <Button look="primary" onPress={onRetry}>
          {words.again}
        </Button>
      }
    >
      {words.cancelledAbout(path)}
    </Empty>
  );
}

function Report({ report }: { readonly report: VerificationReport }) {
  return (
    <>
      <Verdict report={report} />
      {report.verdict === "failed" ? null : <Browse zipPath={report.bundle.path} />}
      <div className="columns">
        <CheckList checks={report.checks} />
        <div className="stack">
          {report.signatures.map((signature) => (
            <SignerCard key={signature.file} signature={signature} />
          ))}
          <BundleCard bundle={report.bundle} />
        </div>
      </div>
    </>
  );
}

/** The way into the bundle's content. It is verified again on the way, out of the file as it is then. */
function Browse({ zipPath }: { readonly zipPath: string }) {
  const { browse, isRunning, faultOf } = useBrowsing();
  const cancel = useCommand("work.cancel");
  const fault = faultOf(zipPath);
  if (isRunning) {
    return (
      <Card title={words.opening}>
        <RunningStep
          what={words.running}
          cancelWord={words.cancelOpening}
          isStopping={!cancel.isIdle}
          onCancel={() => cancel.mutate({})}
        />
      </Card>
    );
  }
  return (
    <>
      {fault ? <FaultNotice fault={fault} /> : null}
      <div className="row">
        <Button look="primary" icon={<IconEye size={15} aria-hidden />} onPress={() => browse(zipPath)}>
          {words.browse}
        </Button>
        <span className="muted">{words.browseAbout}</span>
      </div>
    </>
  );
}

function SignerCard({ signature }: { readonly signature: SignatureView }) {
  const { signer, signedAt, claimedRole, timestamp } = signature;
  if (signer === null) {
    return (
      <Card title={words.signer}>
        <p>{words.noSigner}</p>
      </Card>
    );
  }
  return (
    <Card title={words.signer}>
      <div className="stack">
        <Terms
          entries={[
            signer.trustedName ? [words.trustedAs, signer.trustedName] : null,
            [words.subject, signer.subject],
            [words.trust, signer.trusted ? words.trusted : words.notTrusted],
            claimedRole ? [words.claimedRole, claimedRole] : null,
            [words.signedAt, signedAt ? <Moment key="at" at={signedAt} /> : words.noTime],
            [words.timestamp, timestamp ? <Stamp key="stamp" timestamp={timestamp} /> : words.noTimestamp],
          ]}
        />
        {timestamp?.trusted ? null : <p className="muted">{words.signedAtAbout}</p>}
        <div>
          <h3>{words.fingerprint}</h3>
          <code>{groupHash(signer.fingerprint)}</code>
        </div>
        {signer.rootFingerprint === signer.fingerprint ? null : (
          <div>
            <h3>{words.rootFingerprint}</h3>
            <code>{groupHash(signer.rootFingerprint)}</code>
          </div>
        )}
      </div>
    </Card>
  );
}

function Stamp({ timestamp }: { readonly timestamp: NonNullable<SignatureView["timestamp"]> }) {
  const { at, authority, trusted } = timestamp;
  return (
    <>
      <Moment at={at} /> {trusted ? words.timestampBy(authority) : words.timestampUnknown(authority)}
    </>
  );
}

function BundleCard({ bundle }: { readonly bundle: VerificationReport["bundle"] }) {
  return (
    <Card title={words.bundle}>
      <Terms
        entries={[
          [
            words.path,
            <span key="path" className="mono break">
              {bundle.path}
            </span>,
          ],
          [words.size, formatBytes(bundle.size)],
          [words.sha256, <Hash key="hash" hash={bundle.sha256} what={words.sha256} isWhole />],
          [words.format, bundle.formatVersion === null ? words.formatUnknown : String(bundle.formatVersion)],
        ]}
      />
    </Card>
  );
}
