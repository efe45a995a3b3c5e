import { Link } from "@tanstack/react-router";
import type { EngagementView } from "../../shared/model/view.ts";
import { formatPeriod } from "../format.ts";
import { strings } from "../strings.ts";
import { listStages, type Stage } from "./stages.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

export function Sidebar({ engagement }: { readonly engagement: EngagementView | null }) {
  const shown = listStages(engagement);
  return (
    <section className="sidebar" aria-label={strings.frame.engagement}>
      <div className="sidebar-head">
        <p className="sidebar-name" title={engagement?.engagement.name}>
          {engagement?.engagement.name ?? strings.frame.product}
        </p>
        {engagement ? (
          <>
            <p className="sidebar-period">{engagement.engagement.entity}</p>
            <p className="sidebar-period">
              {formatPeriod(engagement.engagement.period.from, engagement.engagement.period.to)}
            </p>
          </>
        ) : (
          <p className="sidebar-period">{strings.frame.noEngagement}</p>
        )}
      </div>
      <nav aria-label={strings.frame.stages} className="sidebar-nav">
        {shown.map((stage) => (
          <StageLink key={stage.to} stage={stage} engagement={engagement} />
        ))}
      </nav>
      <ThemeChoice />
    </section>
  );
}

function StageLink({ stage, engagement }: { readonly stage: Stage; readonly engagement: EngagementView | null }) {
  const count = engagement && stage.count?.(engagement.counts);
  const Icon = stage.icon;
  return (
    <Link to={stage.to} className="sidebar-link" title={stage.label}>
      <Icon size={16} aria-hidden />
      <span className="sidebar-label">{stage.label}</span>
      {count ? (
        <span className="sidebar-count">
          <span aria-hidden>{count.text}</span>
          <span className="unseen">{count.meaning}</span>
        </span>
      ) : null}
    </Link>
  );
}
