import { IconTable } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { ToggleButton } from "react-aria-components";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { MatrixView } from "../../../shared/model/view.ts";
import { toHtmlTable, toTsv } from "../../clipboard.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { SearchField } from "../../components/fields.tsx";
import { DataGrid } from "../../components/grid/data-grid.tsx";
import { OutcomeLegend } from "../../components/outcome.tsx";
import { Segments } from "../../components/segments.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { EvidencePanel } from "../evidence/evidence-panel.tsx";
import { ControlSummaries } from "./control-summaries.tsx";
import { matrixColumns, matrixText } from "./matrix-columns.tsx";
import { filterRows, type Show } from "./matrix-rows.ts";

const words = strings.testing;
const route = getRouteApi("/testing");
const shows = [
  { id: "all", label: words.all },
  { id: "deviations", label: words.deviations },
] as const;

export interface MatrixProps {
  readonly population: PopulationKind;
  readonly view: MatrixView;
}

/** Samples × controls, and beside it the evidence of the item that was opened. */
export function Matrix({ population, view }: MatrixProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState("");
  const [isSummed, setSummed] = useState(false);
  const show: Show = search.show ?? "all";
  const columns = useMemo(() => matrixColumns(population, view.summaries), [population, view.summaries]);
  const rows = useMemo(() => filterRows(view.rows, filter, show), [view.rows, filter, show]);
  const openIndex = rows.findIndex((row) => row.id === search.item);

  const open = useCallback(
    (id: string | undefined) =>
      void navigate({
        search: (before) => ({ ...before, item: id }),
        replace: true,
      }),
    [navigate],
  );
  const onOpen = useCallback((index: number) => open(rows[index]?.id), [open, rows]);
  const close = () => {
    open(undefined);
    frame.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
  };
  const goTo = (index: number) => {
    const row = rows[index];
    return row ? () => open(row.id) : undefined;
  };
  const copy = () => {
    const text = matrixText(population, view.summaries, rows);
    return { text: toTsv(text), html: toHtmlTable(text) };
  };

  return (
    <div className="matrix" ref={frame}>
      <div className="matrix-tools">
        <SearchField label={words.filter} value={filter} onChange={setFilter} />
        <Segments
          label={words.show}
          value={show}
          choices={shows}
          onChange={(chosen) =>
            void navigate({
              search: (before) => ({ ...before, show: chosen === "all" ? undefined : chosen }),
              replace: true,
            })
          }
        />
        <span className="matrix-more">
          <ToggleButton className="button button-plain" isSelected={isSummed} onChange={setSummed}>
            <IconTable size={15} aria-hidden />
            {words.summary.title}
          </ToggleButton>
          <CopyButton what={words.matrix} text={copy} look="plain">
            {strings.common.copyWord}
          </CopyButton>
        </span>
      </div>
      {isSummed ? <ControlSummaries summaries={view.summaries} /> : null}
      <DataGrid
        label={words.matrix}
        columns={columns}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        onOpen={onOpen}
        selected={openIndex < 0 ? undefined : openIndex}
        empty={words.noneFound}
      />
      <div className="grid-foot">
        <OutcomeLegend />
        <span role="status">{words.shown(formatCount(rows.length), formatCount(view.rows.length))}</span>
      </div>
      {search.item ? (
        <EvidencePanel
          population={population}
          id={search.item}
          place={openIndex < 0 ? null : { index: openIndex, of: rows.length }}
          onPrevious={openIndex < 0 ? undefined : goTo(openIndex - 1)}
          onNext={openIndex < 0 ? undefined : goTo(openIndex + 1)}
          onClose={close}
        />
      ) : null}
    </div>
  );
}
