import { useState } from "react";
import type { Catalog } from "../../../shared/model/catalog.ts";
import type { PersonRef } from "../../../shared/model/person.ts";
import type { ItemView } from "../../../shared/model/view.ts";
import { Terms } from "../../components/page.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { chainOf } from "./chain.ts";
import { ChainLink } from "./chain-link.tsx";
import { ItemFindings } from "./item-findings.tsx";
import { type OpenedRecord, RawRecord } from "./raw-record.tsx";
import { ResultDetails } from "./result-details.tsx";

const words = strings.evidence;

/** The chain of an item, then every result with the values that it read. */
export function EvidenceChain({ view, catalog }: { readonly view: ItemView; readonly catalog: Catalog }) {
  const [opened, setOpened] = useState<OpenedRecord | null>(null);
  const links = chainOf(view, catalog);
  return (
    <>
      <ItemFacts view={view} />
      <ol className="chain">
        {links.map((link) => (
          <ChainLink key={link.kind} link={link} onOpen={setOpened} />
        ))}
      </ol>
      <section className="results" aria-label={words.results}>
        <h3>
          {words.results} <span className="muted">({formatCount(view.results.length)})</span>
        </h3>
        {view.results.map((result) => (
          <ResultDetails
            key={`${result.control} ${result.assertion}`}
            result={result}
            judgements={view.judgements.filter(
              ({ judgement }) => judgement.control === result.control && judgement.assertion === result.assertion,
            )}
            title={catalog.controls.find((control) => control.id === result.control)?.title ?? ""}
            onOpen={setOpened}
          />
        ))}
      </section>
      <ItemFindings view={view} />
      <RawRecord opened={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function ItemFacts({ view: { ref, item } }: { readonly view: ItemView }) {
  return (
    <div className="item-facts">
      <Terms
        entries={[
          "title" in item ? [words.itemTitle, item.title] : null,
          "environment" in item ? [words.environment, item.environment] : null,
          [words.workpaper, ref || words.notSampled],
          "repository" in item ? [words.repository, item.repository] : null,
          "authors" in item && typeof item.authors !== "number" ? [words.authors, namesOf(item.authors)] : null,
          "requestedBy" in item
            ? [words.deployedBy, namesOf([item.requestedBy.account ? item.requestedBy : item.account])]
            : null,
          [
            words.id,
            <code key="id" className="break">
              {item.id}
            </code>,
          ],
        ]}
      />
    </div>
  );
}

function namesOf(people: readonly PersonRef[]): string {
  return people.map((person) => person.name || person.account).join(", ") || strings.items.nobody;
}
