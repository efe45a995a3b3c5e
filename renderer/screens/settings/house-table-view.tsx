import { ControlRisk, type HouseSize, type HouseTable } from "../../../shared/model/house-table.ts";
import { ScrolledTable } from "../../components/scrolled-table.tsx";
import { strings } from "../../strings.ts";

const words = strings.settings.houseTable;
const { frequencies, risks, frequency } = strings.sample.planner;

/** What a house table says, by frequency and risk, and what each row was taken from. */
export function HouseTableView({ table, isOwn }: { readonly table: HouseTable; readonly isOwn: boolean }) {
  return (
    <div className="stack">
      <p>
        <strong>{words.named(table.title, table.version)}</strong> {isOwn ? words.own : words.brought}
      </p>
      <p className="muted">{table.remark}</p>
      <ScrolledTable look="house-table" label={words.sizes}>
        <table className="table">
          <thead>
            <tr>
              <th>{frequency}</th>
              {ControlRisk.options.map((each) => (
                <th key={each}>{words.risk(risks[each])}</th>
              ))}
              <th>{words.sources}</th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.frequency}>
                <th scope="row">{frequencies[row.frequency]}</th>
                {ControlRisk.options.map((each) => (
                  <td key={each}>{describeSize(row.sizes[each])}</td>
                ))}
                <td className="muted">
                  {row.sources.map(({ grade, where }) => (
                    <div key={`${grade} ${where}`}>{words.source(words.grades[grade], where)}</div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrolledTable>
    </div>
  );
}

function describeSize(size: HouseSize): string {
  if (typeof size === "number") return String(size);
  return words.share(strings.sample.planner.percent(size.share), size.atLeast, size.atMost);
}
