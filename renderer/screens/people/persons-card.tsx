import { useState } from "react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { Person } from "../../../shared/model/person.ts";
import { Button } from "../../components/button.tsx";
import { Changing } from "../../components/changing.tsx";
import { Card } from "../../components/page.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { Tag } from "../../components/values.tsx";
import { strings } from "../../strings.ts";
import { accountText, findPersons } from "./account-text.ts";
import { DecideDialog, type PeopleAct } from "./decide-dialog.tsx";

const words = strings.people;

/** So many are shown at once; the search finds the others. */
const most = 100;

/** Persons with all accounts that are counted as theirs, and why each is. */
export function PersonsCard({ persons }: { readonly persons: readonly Person[] }) {
  const [search, setSearch] = useState("");
  const [act, setAct] = useState<PeopleAct | null>(null);
  const found = findPersons(persons, search);
  return (
    <Card
      title={words.persons(persons.length)}
      actions={<SearchField label={words.search} value={search} onChange={setSearch} />}
    >
      {found.length === 0 ? <p className="muted">{words.noneFound}</p> : null}
      {found.slice(0, most).map((person) => (
        <PersonEntry key={person.id} person={person} onAct={setAct} />
      ))}
      {found.length > most ? <p className="muted">{words.more(found.length - most)}</p> : null}
      <DecideDialog act={act} persons={persons} onClose={() => setAct(null)} />
    </Card>
  );
}

interface PersonEntryProps {
  readonly person: Person;
  readonly onAct: (act: PeopleAct) => void;
}

function PersonEntry({ person: { name, accounts, roles, bot }, onAct }: PersonEntryProps) {
  const shown = showHidden(name);
  return (
    <article className="people-person" aria-label={shown}>
      <h3 className="row">
        <span className="break">{shown}</span>
        {bot && !roles.includes("bot") ? <Tag>{words.roles.bot}</Tag> : null}
        {roles.map((role) => (
          <Tag key={role}>{words.roles[role]}</Tag>
        ))}
        {roles.length === 0 && !bot ? <Tag look="doubt">{words.noRole}</Tag> : null}
      </h3>
      <ul>
        {accounts.map((account) => (
          <li key={accountText(account)} className="people-entry">
            <div>
              <code className="break">{accountText(account)}</code>
              <p className="muted break">{account.reason === "" ? words.noReason : showHidden(account.reason)}</p>
            </div>
            <Changing>
              <span className="row">
                <Button
                  onPress={() => onAct({ kind: "join", account })}
                  aria-label={words.joinOf(accountText(account))}
                >
                  {words.join}
                </Button>
                <Button
                  onPress={() => onAct({ kind: "split", account })}
                  aria-label={words.splitOf(accountText(account), shown)}
                >
                  {words.split}
                </Button>
              </span>
            </Changing>
          </li>
        ))}
      </ul>
    </article>
  );
}
