import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fold } from "../../components/fold.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.population.tie;
const step = 100;

export interface OrphansProps {
  readonly title: string;
  /** Null where nothing is known, which is not the same as none. */
  readonly ids: readonly string[] | null;
}

/** A list of one side's items that the others do not have; opened when wanted. */
export function Orphans({ title, ids }: OrphansProps) {
  const [shown, setShown] = useState(step);
  if (ids === null || ids.length === 0) {
    return (
      <p className="orphans-none">
        {title}
        <span className={ids === null ? "doubt" : "good"}>{ids === null ? words.notKnown : words.none}</span>
      </p>
    );
  }
  return (
    <Fold
      summary={
        <>
          {title}
          <span className="orphans-count">{formatCount(ids.length)}</span>
        </>
      }
      look="orphans"
    >
      <div>
        <CopyButton what={title} text={ids.join("\n")} look="plain">
          {words.copyAll}
        </CopyButton>
        <ul className="orphans-list mono">
          {ids.slice(0, shown).map((id) => (
            <li key={id}>{id}</li>
          ))}
        </ul>
        {ids.length > shown ? (
          <Button look="quiet" onPress={() => setShown(shown + step * 5)}>
            {words.more(formatCount(ids.length - shown))}
          </Button>
        ) : null}
      </div>
    </Fold>
  );
}
