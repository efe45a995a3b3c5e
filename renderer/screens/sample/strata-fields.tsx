import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { StratumKey } from "../../../shared/model/stratum.ts";
import { useProcedure } from "../../api.ts";
import { Segments } from "../../components/segments.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.sample.strata;
const keys = StratumKey.options.map((id) => ({ id, label: words.keys[id] }));
const allocations = (["proportional", "given"] as const).map((id) => ({ id, label: words.allocations[id] }));

export interface StrataFieldsProps {
  readonly population: PopulationKind;
  /** Of the whole sample; null while nothing says. */
  readonly size: number | null;
  readonly keyOf: StratumKey;
  readonly onKey: (key: StratumKey) => void;
  /** Typed sizes by stratum; null while they follow the strata's own sizes. */
  readonly sizes: Readonly<Record<string, string>> | null;
  readonly onSizes: (sizes: Readonly<Record<string, string>> | null) => void;
}

/** By what the population is split, and how many items each part gets. */
export function StrataFields({ population, size, keyOf, onKey, sizes, onSizes }: StrataFieldsProps) {
  const strata = useProcedure("sample.strata", { population, key: keyOf, ...(size === null ? {} : { size }) });
  return (
    <div className="stack">
      <div className="form-pair">
        <SelectField label={words.key} value={keyOf} choices={keys} onChange={onKey} />
        <div className="field">
          <span className="field-label" aria-hidden>
            {words.allocation}
          </span>
          <Segments
            label={words.allocation}
            value={sizes === null ? "proportional" : "given"}
            choices={allocations}
            onChange={(chosen) => onSizes(chosen === "given" ? {} : null)}
          />
        </div>
      </div>
      <p className="muted">{sizes === null ? words.proportionalAbout : words.givenAbout}</p>
      <AnswerOf of={strata} loading={words.loading}>
        {(view) => (
          <table className="table" aria-label={words.title}>
            <thead>
              <tr>
                <th>{words.stratum}</th>
                <th className="number">{words.population}</th>
                <th className="number">{words.drawn}</th>
              </tr>
            </thead>
            <tbody>
              {view.strata.map((stratum) => (
                <tr key={stratum.name}>
                  <th scope="row">{stratum.name}</th>
                  <td className="number">{formatCount(stratum.population)}</td>
                  <td className="number strata-size">
                    {sizes === null ? (
                      size === null ? (
                        words.notYet
                      ) : (
                        formatCount(stratum.sample)
                      )
                    ) : (
                      <TextField
                        label={words.sizeOf(stratum.name)}
                        value={sizes[stratum.name] ?? ""}
                        onChange={(typed) => onSizes({ ...sizes, [stratum.name]: typed })}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </AnswerOf>
    </div>
  );
}
