import { useState } from "react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { ItemView } from "../../../shared/model/view.ts";
import { Button } from "../../components/button.tsx";
import { formatCount, shortHash } from "../../format.ts";
import { strings } from "../../strings.ts";
import type { OpenedRecord } from "./raw-record.tsx";

const words = strings.evidence;
const few = 3;

export interface EvidenceUsesProps {
  readonly uses: ItemView["evidence"];
  readonly onOpen: (record: OpenedRecord) => void;
}

/** The raw records that a link rests on: hash, where each came from, the place in it, and the record itself. */
export function EvidenceUses({ uses, onOpen }: EvidenceUsesProps) {
  const [isWhole, setWhole] = useState(false);
  const records = [...new Map(uses.map((use) => [`${use.evidence} ${use.place}`, use])).values()];
  const shown = isWhole ? records : records.slice(0, few);
  if (records.length === 0) return null;
  return (
    <div className="uses">
      {shown.map((use) => (
        <div key={`${use.evidence} ${use.place}`} className="use">
          <div className="use-words">
            <p>
              <code title={use.evidence}>sha256:{shortHash(use.evidence)}</code>
              {use.place ? ` ${words.at(showHidden(use.place))}` : null}
            </p>
            <p className="use-locator" title={use.record.locator}>
              {showHidden(use.record.locator)}
            </p>
          </div>
          <Button
            look="quiet"
            aria-label={words.openRecord(use.record.locator, use.place)}
            onPress={() => onOpen({ sha256: use.evidence, place: use.place })}
          >
            {words.raw}
          </Button>
        </div>
      ))}
      {records.length > shown.length ? (
        <Button look="quiet" onPress={() => setWhole(true)}>
          {words.moreRecords(formatCount(records.length - shown.length))}
        </Button>
      ) : null}
    </div>
  );
}
