import "./start.css";
import { IconX } from "@tabler/icons-react";
import { Button as AriaButton } from "react-aria-components";
import type { RecentEngagement } from "../../../shared/model/view.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { formatPeriod } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.start.recent;

export interface RecentEngagementsProps {
  readonly isBusy: boolean;
  readonly onOpen: (path: string) => void;
}

/** Engagements that were open on this installation. A convenience: where the list cannot be read, it is not shown. */
export function RecentEngagements({ isBusy, onOpen }: RecentEngagementsProps) {
  const { data = [] } = useProcedure("recent.list", {});
  const forget = useCommand("recent.forget", { refreshes: ["recent.list"] });
  if (data.length === 0) return null;
  return (
    <Card title={words.title}>
      <ul>
        {data.map((each) => (
          <li key={each.path} className="recent-entry">
            <AriaButton className="recent-open" isDisabled={isBusy || !each.isThere} onPress={() => onOpen(each.path)}>
              <Described recent={each} />
            </AriaButton>
            <Button
              look="quiet"
              aria-label={words.forget(each.name)}
              icon={<IconX size={14} aria-hidden />}
              onPress={() => forget.mutate({ path: each.path })}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Described({ recent }: { readonly recent: RecentEngagement }) {
  return (
    <>
      <span>
        <strong>{recent.name}</strong>, {recent.entity}, {formatPeriod(recent.from, recent.to)}
      </span>
      <span className="recent-path mono muted" title={recent.path}>
        {recent.isThere ? recent.path : words.gone(recent.path)}
      </span>
    </>
  );
}
