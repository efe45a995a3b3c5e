import {
  IconAlertTriangle,
  IconBook2,
  IconChartCandle,
  IconDatabase,
  IconGauge,
  IconGridDots,
  IconHome,
  IconPackageExport,
  IconPlugConnected,
  IconSettings,
  IconShieldCheck,
  IconTarget,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { EngagementView } from "../../shared/model/view.ts";
import { formatCount } from "../format.ts";
import { strings } from "../strings.ts";

export interface Stage {
  readonly to:
    | "/start"
    | "/overview"
    | "/sources"
    | "/people"
    | "/population"
    | "/sample"
    | "/testing"
    | "/exceptions"
    | "/conclusions"
    | "/catalog"
    | "/export"
    | "/verify"
    | "/settings";
  readonly label: string;
  readonly icon: ComponentType<{ size: number; "aria-hidden": boolean }>;
  readonly needsEngagement: boolean;
  /** Not for a bundle that is browsed. */
  readonly isOwnOnly?: true;
  /** The number beside it, and what it counts. */
  readonly count?: (counts: EngagementView["counts"]) => { readonly text: string; readonly meaning: string } | null;
}

const words = strings.stages;

const stages: readonly Stage[] = [
  { to: "/start", label: words.start, icon: IconHome, needsEngagement: false },
  { to: "/overview", label: words.overview, icon: IconGauge, needsEngagement: true },
  {
    to: "/sources",
    label: words.sources,
    icon: IconPlugConnected,
    needsEngagement: true,
    count: ({ sources, pulled }) => ({ text: `${pulled}/${sources}`, meaning: words.pulledOf(pulled, sources) }),
  },
  { to: "/people", label: words.people, icon: IconUsers, needsEngagement: true },
  {
    to: "/population",
    label: words.population,
    icon: IconDatabase,
    needsEngagement: true,
    count: ({ changes }) => (changes === null ? null : { text: formatCount(changes), meaning: words.changes(changes) }),
  },
  {
    to: "/sample",
    label: words.sample,
    icon: IconTarget,
    needsEngagement: true,
    count: ({ sampled }) => (sampled === 0 ? null : { text: formatCount(sampled), meaning: words.sampled(sampled) }),
  },
  {
    to: "/testing",
    label: words.testing,
    icon: IconGridDots,
    needsEngagement: true,
    count: ({ results, deviations }) =>
      results === 0 ? null : { text: formatCount(deviations), meaning: words.deviations(deviations) },
  },
  {
    to: "/exceptions",
    label: words.exceptions,
    icon: IconAlertTriangle,
    needsEngagement: true,
    count: ({ exceptions }) =>
      exceptions === 0 ? null : { text: formatCount(exceptions), meaning: words.openExceptions(exceptions) },
  },
  { to: "/conclusions", label: words.conclusions, icon: IconChartCandle, needsEngagement: true },
  { to: "/catalog", label: words.catalog, icon: IconBook2, needsEngagement: true },
  { to: "/export", label: words.export, icon: IconPackageExport, needsEngagement: true, isOwnOnly: true },
  { to: "/verify", label: words.verify, icon: IconShieldCheck, needsEngagement: false },
  { to: "/settings", label: words.settings, icon: IconSettings, needsEngagement: false },
];

/** The stages that there are for what is open. */
export function listStages(engagement: EngagementView | null): readonly Stage[] {
  if (engagement === null) return stages.filter((stage) => !stage.needsEngagement);
  return engagement.browsed === undefined ? stages : stages.filter((stage) => !stage.isOwnOnly);
}
