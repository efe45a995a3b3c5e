import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ActivityEntry } from "../../../shared/model/activity.ts";
import { procedureQuery } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { shortHash } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.overview.log;
const step = 20;
const most = 1000;

/** The newest entries first; every entry's hash covers the one before it. */
export function ActivityLog({ head, count }: { readonly head: string; readonly count: number }) {
  const [shown, setShown] = useState(step);
  const limit = Math.min(shown, most);
  const query = procedureQuery("activity.list", { offset: Math.max(0, count - limit), limit });
  const entries = useQuery({ ...query, placeholderData: keepPreviousData });
  return (
    <Card
      title={words.title(count)}
      isFlush
      actions={
        <>
          <span className="muted">{words.head}</span>
          <Hash hash={head} what={words.head} />
        </>
      }
    >
      <AnswerOf of={entries} loading={words.loading}>
        {({ activities }) => (
          <>
            <Entries activities={activities.toSorted((one, other) => other.number - one.number)} />
            {activities.length < count && shown < most ? (
              <div className="row activity-more">
                <Button look="quiet" onPress={() => setShown(shown * 4)}>
                  {words.earlier}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </AnswerOf>
    </Card>
  );
}

function Entries({ activities }: { readonly activities: readonly ActivityEntry[] }) {
  return (
    <table className="table activities">
      <thead>
        <tr>
          <th className="number">{words.number}</th>
          <th>{words.when}</th>
          <th>{words.who}</th>
          <th>{words.what}</th>
          <th>{words.subject}</th>
          <th>{words.hash}</th>
        </tr>
      </thead>
      <tbody>
        {activities.map((activity) => (
          <tr key={activity.number}>
            <td className="number">{activity.number}</td>
            <td>
              <Moment at={activity.at} />
            </td>
            <td>{activity.by}</td>
            <td>{words.kinds[activity.kind]}</td>
            <td className="activity-subject">{activity.subject}</td>
            <td>
              <code title={activity.hash}>{shortHash(activity.hash)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
