import { IconTable } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { ToggleButton } from "react-aria-components";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { MatrixView } from "../../../shared/model/view.ts";
import { procedureQuery, useProcedure } from "../../api.ts";
import { toHtmlTable, toTsv } from "../../clipboard.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { DataGrid } from "../../components/grid/data-grid.tsx";
import { type GridSort, readSort, sortAfter, writeSort } from "../../components/grid/sort.ts";
import { usePages } from "../../components/grid/use-pages.ts";
import { OutcomeLegend } from "../../components/outcome.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { EvidencePanel } from "../evidence/evidence-panel.tsx";
import { ControlSummaries } from "./control-summaries.tsx";
import { matrixColumns, matrixText } from "./matrix-columns.tsx";
import { anyControl, anyOutcome, fetchRows, type MatrixFilter, queryOf } from "./matrix-query.ts";
import { MatrixTools } from "./matrix-tools.tsx";

const words = strings.testing;
const route = getRouteApi("/testing");
export interface MatrixProps {
  readonly population: PopulationKind;
  /** Its rows are not read: they come in pages. */
  readonly view: MatrixView;
}

type OwnFilter = Pick<MatrixFilter, "text" | "outcome">;

/** What of a filter stands in the address; what is as usual is left out of it. */
function addressOf({ show, control, sort }: Partial<MatrixFilter>) {
  return {
    ...(show === undefined ? {} : { show: show === "all" ? undefined : show }),
    ...(control === undefined ? {} : { control: control === anyControl ? undefined : control }),
    ...(sort === undefined ? {} : { sort: writeSort(sort) }),
  };
}

/** Samples × controls, and beside it the evidence of the item that was opened. */
export function Matrix({ population, view }: MatrixProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [own, setOwn] = useState<OwnFilter>({ text: "", outcome: anyOutcome });
  const [isSummed, setSummed] = useState(false);
  const sort = readSort(search.sort);
  const control = search.control ?? anyControl;
  const filter: MatrixFilter = { ...own, population, show: search.show ?? "all", control, sort };
  const query = queryOf(filter);
  const columns = useMemo(() => matrixColumns(population, view.summaries), [population, view.summaries]);
  const change = ({ text, outcome, ...others }: Partial<MatrixFilter>) => {
    setOwn((before) => ({ text: text ?? before.text, outcome: outcome ?? before.outcome }));
    if (Object.keys(others).length > 0)
      void navigate({ search: (before) => ({ ...before, ...addressOf(others) }), replace: true });
  };
  const copy = async () => {
    const text = matrixText(population, view.summaries, await fetchRows(query));
    return { text: toTsv(text), html: toHtmlTable(text) };
  };
  return (
    <div className="matrix">
      <div className="matrix-tools">
        <MatrixTools filter={filter} summaries={view.summaries} onChange={change} />
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
      <MatrixGrid
        population={population}
        query={query}
        columns={columns}
        sort={sort}
        onSort={(column) => change({ sort: sortAfter(sort, column) })}
      />
    </div>
  );
}

interface MatrixGridProps {
  readonly population: PopulationKind;
  readonly query: ReturnType<typeof queryOf>;
  readonly columns: ReturnType<typeof matrixColumns>;
  readonly sort: GridSort | null;
  readonly onSort: (column: string) => void;
}

/** The rows of one question, and the item that was opened among them. */
function MatrixGrid({ population, query, columns, sort, onSort }: MatrixGridProps) {
  const { item } = route.useSearch();
  const navigate = route.useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const pages = usePages((range) => procedureQuery("evaluation.rows", { query, ...range }));
  const nothing = { offset: 0, limit: 0 };
  const all = useProcedure("evaluation.rows", { query: { population }, ...nothing });
  const place = useProcedure(
    "evaluation.rows",
    { query, ...nothing, ...(item ? { item } : {}) },
    { enabled: item !== undefined },
  );
  const openIndex = item === undefined ? null : (place.data?.index ?? null);
  const { rowAt } = pages;
  const latest = useRef(rowAt);
  latest.current = rowAt;
  const open = useCallback(
    (id: string | undefined) =>
      void navigate({
        search: (before) => ({ ...before, item: id }),
        replace: true,
      }),
    [navigate],
  );
  const onOpen = useCallback((index: number) => open(latest.current(index)?.id), [open]);
  const close = () => {
    open(undefined);
    frame.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
  };
  const goTo = (index: number) => {
    const row = rowAt(index);
    return row ? () => open(row.id) : undefined;
  };
  if (pages.fault) return <FaultNotice fault={pages.fault} onRetry={pages.retry} />;
  const total = pages.total ?? 0;
  return (
    <div className="matrix-grid" ref={frame}>
      <DataGrid
        label={words.matrix}
        columns={columns}
        rowCount={total}
        rowAt={rowAt}
        onOpen={onOpen}
        onSeen={pages.onSeen}
        sort={sort}
        onSort={onSort}
        selected={openIndex ?? undefined}
        empty={pages.total === null ? words.loading : words.noneFound}
      />
      <div className="grid-foot">
        <OutcomeLegend />
        <span role="status">{words.shown(formatCount(total), formatCount(all.data?.total ?? total))}</span>
      </div>
      {item ? (
        <EvidencePanel
          population={population}
          id={item}
          place={openIndex === null ? null : { index: openIndex, of: total }}
          onPrevious={openIndex === null ? undefined : goTo(openIndex - 1)}
          onNext={openIndex === null ? undefined : goTo(openIndex + 1)}
          onClose={close}
        />
      ) : null}
    </div>
  );
}
