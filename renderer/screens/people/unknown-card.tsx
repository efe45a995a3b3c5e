import { useState } from "react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { UnknownIdentity } from "../../../shared/model/people-decision.ts";
import type { Account, Person } from "../../../shared/model/person.ts";
import { Button } from "../../components/button.tsx";
import { Changing, useIsBrowsing } from "../../components/changing.tsx";
import { Card } from "../../components/page.tsx";
import { shortItem } from "../../format.ts";
import { strings } from "../../strings.ts";
import { accountText } from "./account-text.ts";
import { DecideDialog } from "./decide-dialog.tsx";

const words = strings.people;

/** So many are shown at once; those that show in most items come first. */
const most = 100;

export interface UnknownCardProps {
  readonly unknown: readonly UnknownIdentity[];
  readonly persons: readonly Person[];
}

/** Accounts behind which nobody is known, with where they show. */
export function UnknownCard({ unknown, persons }: UnknownCardProps) {
  const isBrowsing = useIsBrowsing();
  const [joining, setJoining] = useState<Account | null>(null);
  return (
    <Card title={words.unknown(unknown.length)}>
      <p className="muted">{unknown.length === 0 ? words.noneUnknown : words.unknownAbout}</p>
      {isBrowsing ? <p className="muted">{words.unknownInSample}</p> : null}
      <ul>
        {unknown.slice(0, most).map(({ account, name, items, example }) => (
          <li key={accountText(account)} className="people-entry">
            <div>
              <code className="break">{accountText(account)}</code> {showHidden(name)}
              <p className="muted break">{words.showsIn(items, shortItem(example))}</p>
            </div>
            <Changing>
              <Button onPress={() => setJoining(account)} aria-label={words.joinOf(accountText(account))}>
                {words.join}
              </Button>
            </Changing>
          </li>
        ))}
      </ul>
      {unknown.length > most ? <p className="muted">{words.more(unknown.length - most)}</p> : null}
      <DecideDialog
        act={joining && { kind: "join", account: joining }}
        persons={persons}
        onClose={() => setJoining(null)}
      />
    </Card>
  );
}
