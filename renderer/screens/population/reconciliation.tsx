import type { Reconciliation } from "../../../shared/model/population.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import { Card } from "../../components/page.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { Exclusions, Remarks, UnreadParts } from "./left-out.tsx";
import { Orphans } from "./orphans.tsx";

const words = strings.population.tie;

/** The three-way tie, with the orphans of each side, and what is not in the population. */
export function ReconciliationView({ frozen }: { readonly frozen: PopulationView }) {
  const { changes, tickets, deployments } = frozen.reconciliation;
  return (
    <div className="stack">
      <p className="muted">{words.about}</p>
      <div className="tie">
        <ChangesSide changes={changes} />
        <TicketsSide tickets={tickets} isKnown={changes.withTicket !== null} />
        <DeploymentsSide deployments={deployments} />
      </div>
      <Exclusions exclusions={frozen.exclusions} />
      <Remarks remarks={frozen.remarks} />
      <UnreadParts unread={frozen.unread} />
    </div>
  );
}

type Figure = readonly [label: string, count: number | null];

function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{count === null ? <span className="doubt">{words.notKnown}</span> : formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function ChangesSide({ changes }: { readonly changes: Reconciliation["changes"] }) {
  return (
    <Card title={words.changes}>
      <Figures
        figures={[
          [words.total, changes.total],
          [words.merges, changes.merges],
          [words.withRequest, changes.withRequest],
          [words.withTicket, changes.withTicket],
          [words.released, changes.released],
        ]}
      />
      <Orphans title={words.withoutRequest} ids={changes.withoutRequest} />
      <Orphans title={words.withoutTicket} ids={changes.withTicket === null ? null : changes.withoutTicket} />
      <Orphans title={words.notReleased} ids={changes.released === null ? null : changes.notReleased} />
    </Card>
  );
}

interface TicketsSideProps {
  readonly tickets: Reconciliation["tickets"];
  /** False where no source of tickets covers the period: then nothing is known about their absence. */
  readonly isKnown: boolean;
}

function TicketsSide({ tickets, isKnown }: TicketsSideProps) {
  return (
    <Card title={words.tickets}>
      <Figures
        figures={[
          [words.total, isKnown ? tickets.total : null],
          [words.named, tickets.named],
        ]}
      />
      <Orphans title={words.namedButAbsent} ids={isKnown ? tickets.namedButAbsent : null} />
      <Orphans title={words.withoutChange} ids={isKnown ? tickets.withoutChange : null} />
    </Card>
  );
}

function DeploymentsSide({ deployments }: { readonly deployments: Reconciliation["deployments"] }) {
  return (
    <Card title={words.deployments}>
      <Figures
        figures={[
          [words.total, deployments.total],
          [words.ofMerge, deployments.ofMerge],
          [words.byTag, deployments.byTag],
          [words.byCommit, deployments.byCommit],
          [words.byArtifact, deployments.byArtifact],
        ]}
      />
      <Orphans title={words.rollbacks} ids={deployments.rollbacks} />
      <Orphans title={words.otherBranch} ids={deployments.otherBranch} />
      <Orphans title={words.absent} ids={deployments.absent} />
      <Orphans title={words.older} ids={deployments.older} />
      <Orphans title={words.unresolved} ids={deployments.unresolved} />
    </Card>
  );
}
