import "./evidence.css";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { type CallFault, procedureQuery } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { FaultNotice, Loading } from "../../components/states.tsx";
import { formatCount, shortItem } from "../../format.ts";
import { strings } from "../../strings.ts";
import { EvidenceChain } from "./evidence-chain.tsx";

const words = strings.evidence;

export interface EvidencePanelProps {
  readonly population: PopulationKind;
  readonly id: string;
  /** Where the item stands among the rows that are shown; null when it is not among them. */
  readonly place: { readonly index: number; readonly of: number } | null;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly onClose: () => void;
}

/** The evidence of one item beside the matrix. `[` and `]` lead to the rows before and after, Escape closes. */
export function EvidencePanel({ population, id, place, onPrevious, onNext, onClose }: EvidencePanelProps) {
  const panel = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another item is read from its top
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
    if (isFirst.current) panel.current?.focus();
    isFirst.current = false;
  }, [id]);
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of a dialog above come through React's tree, not through the page's.
    if (!(event.target instanceof Node) || !panel.current?.contains(event.target)) return;
    const act = { "Escape": onClose, "[": onPrevious, "]": onNext }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  return (
    <aside ref={panel} className="evidence" aria-label={words.title} tabIndex={-1} onKeyDown={onKeyDown}>
      <header className="evidence-header">
        <h2 className="evidence-title" title={id}>
          {words.title}, <span className="mono">{shortItem(id)}</span>
        </h2>
        {place ? (
          <span className="muted">{words.place(formatCount(place.index + 1), formatCount(place.of))}</span>
        ) : null}
        <Button
          look="quiet"
          aria-label={words.previous}
          aria-keyshortcuts="["
          icon={<IconChevronUp size={17} aria-hidden />}
          isDisabled={!onPrevious}
          onPress={() => onPrevious?.()}
        />
        <Button
          look="quiet"
          aria-label={words.next}
          aria-keyshortcuts="]"
          icon={<IconChevronDown size={17} aria-hidden />}
          isDisabled={!onNext}
          onPress={() => onNext?.()}
        />
        <Button
          look="quiet"
          aria-label={strings.common.close}
          aria-keyshortcuts="Escape"
          icon={<IconX size={17} aria-hidden />}
          onPress={onClose}
        />
      </header>
      <ItemEvidence population={population} id={id} />
      <p className="evidence-keys muted">{words.keys}</p>
    </aside>
  );
}

function ItemEvidence({ population, id }: { readonly population: PopulationKind; readonly id: string }) {
  const [item, catalog] = useQueries({
    queries: [procedureQuery("evaluation.item", { population, id }), procedureQuery("catalog.show", {})],
  });
  const failed = [item, catalog].find((answer) => answer.isError);
  if (failed) return <FaultNotice fault={failed.error as CallFault} onRetry={() => void failed.refetch()} />;
  if (!item.data || !catalog.data) return <Loading what={words.loading} />;
  return <EvidenceChain key={id} view={item.data} catalog={catalog.data.catalog} />;
}
