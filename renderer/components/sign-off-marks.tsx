import "./sign-off-marks.css";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { StandingSignOff } from "../../shared/model/sign-off.ts";
import { useProcedure } from "../api.ts";
import { formatMinute } from "../format.ts";
import { strings } from "../strings.ts";

const words = strings.review;

/**
 * Whether a sign-off stands is worked out of every result under it. Of more than so many neither the header nor the overview
 * asks for it: the conclusions do, and what they heard is shown here as long as it holds.
 */
export const mostResults = 100_000;

/** Who has prepared and who has reviewed the engagement, as a workpaper has it in its head. */
export function SignOffMarks() {
  const current = useProcedure("engagement.current", {});
  const results = current.data?.counts.results ?? 0;
  const signOffs = useProcedure("sign-off.list", {}, { enabled: results > 0 && results <= mostResults });
  const own = signOffs.isStale ? undefined : signOffs.data?.find(({ scope }) => scope.kind === "engagement");
  if (!own) return null;
  return (
    <Link to="/conclusions" className="sign-off-marks">
      <span className="unseen">{words.marks}</span>
      <Mark act={words.prepared} standing={own.preparer} />
      <Mark act={words.reviewed} standing={own.reviewer} />
    </Link>
  );
}

function sayMark(act: string, standing: StandingSignOff | null): string {
  if (standing === null) return words.markOf(act, words.nobody);
  if (standing.changed.length > 0) return words.markOf(act, words.progress.void);
  return words.markOf(act, `${standing.signOff.by}, ${formatMinute(standing.signOff.at)}`);
}

function Mark({ act, standing }: { readonly act: string; readonly standing: StandingSignOff | null }) {
  const look = standing === null ? "muted" : standing.changed.length > 0 ? "bad" : "good";
  const Icon = standing === null ? IconCircleDashed : standing.changed.length > 0 ? IconAlertTriangle : IconCircleCheck;
  return (
    <span className={look}>
      <Icon size={14} aria-hidden />
      {sayMark(act, standing)}
    </span>
  );
}
