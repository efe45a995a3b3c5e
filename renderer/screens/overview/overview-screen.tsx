import "./overview.css";
import { IconArrowRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { EngagementView } from "../../../shared/model/view.ts";
import { useProcedure } from "../../api.ts";
import { Card, Page, Terms } from "../../components/page.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { Moment } from "../../components/values.tsx";
import { formatCount, formatDay } from "../../format.ts";
import { strings } from "../../strings.ts";
import { NoEngagement } from "../start/no-engagement.tsx";
import { ActivityLog } from "./activity-log.tsx";
import { ControlProgress } from "./control-progress.tsx";

const words = strings.overview;

export function OverviewScreen() {
  const current = useProcedure("engagement.current", {});
  return (
    <Page title={words.title} reference={strings.references.overview} subtitle={current.data?.engagement.entity}>
      <AnswerOf of={current} loading={words.loading}>
        {(view) => (view ? <Overview view={view} /> : <NoEngagement />)}
      </AnswerOf>
    </Page>
  );
}

function Overview({ view }: { readonly view: EngagementView }) {
  return (
    <div className="columns">
      <div className="stack">
        <NextStep next={view.next} />
        <StageCounts counts={view.counts} />
        <ControlProgress results={view.counts.results} />
        <ActivityLog head={view.activityHead} count={view.activityCount} />
      </div>
      <EngagementCard view={view} />
    </div>
  );
}

function NextStep({ next }: { readonly next: EngagementView["next"] }) {
  return (
    <section className="next-step" aria-label={words.next}>
      <div>
        <h2>{words.next}</h2>
        <p>{next.sentence}</p>
      </div>
      <Link to={`/${next.stage}`} className="button button-primary">
        {words.goTo[next.stage]}
        <IconArrowRight size={15} aria-hidden />
      </Link>
    </section>
  );
}

function StageCounts({ counts }: { readonly counts: EngagementView["counts"] }) {
  const known = (count: number | null) => (count === null ? words.notYet : formatCount(count));
  const tiles = [
    { to: "/sources", title: words.pulled, figure: words.outOf(counts.pulled, counts.sources) },
    { to: "/sources", title: words.evidence, figure: formatCount(counts.evidence) },
    { to: "/population", title: words.changes, figure: known(counts.changes) },
    { to: "/population", title: words.deployments, figure: known(counts.deployments), population: "deployment" },
    { to: "/sample", title: words.sampled, figure: formatCount(counts.sampled) },
    { to: "/testing", title: words.results, figure: formatCount(counts.results) },
    { to: "/testing", title: words.deviations, figure: formatCount(counts.deviations), show: "deviations" },
    { to: "/exceptions", title: words.exceptions, figure: formatCount(counts.exceptions) },
    { to: "/conclusions", title: words.notes, figure: formatCount(counts.notes) },
  ] as const;
  return (
    <ul className="tiles">
      {tiles.map(({ to, title, figure, ...search }) => (
        <li key={title}>
          <Link to={to} search={search as never} className="tile">
            <span className="tile-title">{title}</span>
            <span className="tile-figure">{figure}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function EngagementCard({ view }: { readonly view: EngagementView }) {
  const { engagement } = view;
  const { period } = engagement;
  return (
    <Card title={words.engagement}>
      <Terms
        entries={[
          [words.name, engagement.name],
          [words.entity, engagement.entity],
          [words.period, words.fromTo(formatDay(period.from), formatDay(period.to))],
          [words.timeZone, period.timeZone],
          [words.starts, <Moment key="start" at={period.start} />],
          [words.ends, <Moment key="end" at={period.end} />],
          [words.auditor, engagement.auditor],
          [words.lastPull, view.lastPullAt ? <Moment key="pull" at={view.lastPullAt} /> : words.notYet],
          [
            words.file,
            <span key="file" className="mono break">
              {view.path}
            </span>,
          ],
        ]}
      />
    </Card>
  );
}
