import { useState } from "react";
import { type FrameworkReport, type FrameworkRequirement, stateWords } from "../../../shared/model/framework-report.ts";
import { useProcedure } from "../../api.ts";
import { useBrowsed } from "../../components/changing.tsx";
import { Card } from "../../components/page.tsx";
import { ScrolledTable } from "../../components/scrolled-table.tsx";
import { Segments } from "../../components/segments.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { strings } from "../../strings.ts";

const words = strings.conclusions.frameworks;

/** What was concluded, by the requirements that ask for it. */
export function FrameworksCard() {
  const reports = useProcedure("evaluation.frameworks", {});
  if (useBrowsed()?.part)
    return (
      <Card title={words.title}>
        <p className="muted">
          {strings.browsing.notInPart}. {strings.browsing.requirements}
        </p>
      </Card>
    );
  return (
    <AnswerOf of={reports} loading={words.loading}>
      {(all) => (all.length === 0 ? null : <Frameworks reports={all} />)}
    </AnswerOf>
  );
}

function Frameworks({ reports }: { readonly reports: readonly FrameworkReport[] }) {
  const [chosen, setChosen] = useState(reports[0]?.framework ?? "");
  const report = reports.find(({ framework }) => framework === chosen) ?? reports[0];
  const choices = reports.map(({ framework }) => ({ id: framework, label: framework }));
  return (
    <Card title={words.title} isFlush>
      <div className="conclusions-plot">
        <Segments label={words.framework} value={chosen} choices={choices} onChange={setChosen} />
        <p className="muted">{words.about}</p>
      </div>
      {report ? <RequirementTable report={report} /> : null}
    </Card>
  );
}

const looks: Readonly<Record<FrameworkRequirement["state"], string>> = {
  "not-covered": "doubt",
  "not-supported": "bad",
  "no-sample": "muted",
  "not-tested": "muted",
  "open": "doubt",
  "supported": "good",
};

function RequirementTable({ report: { framework, requirements } }: { readonly report: FrameworkReport }) {
  return (
    <ScrolledTable look="conclusions-scroll" label={words.requirementsOf(framework)}>
      <table className="table">
        <thead>
          <tr>
            <th>{words.requirement}</th>
            <th>{words.controls}</th>
            <th>{words.inAll}</th>
          </tr>
        </thead>
        <tbody>
          {requirements.map(({ requirement, controls, state }) => (
            <tr key={requirement}>
              <th scope="row" className="mono">
                {requirement}
              </th>
              <td>
                {controls.length === 0
                  ? words.none
                  : controls.map((each) => (
                      <span key={each.control} className="requirement-control" title={each.title}>
                        <span className="mono">{each.control}</span>{" "}
                        <span className={looks[each.state]}>{stateWords[each.state]}</span>
                      </span>
                    ))}
              </td>
              <td className={`reliance ${looks[state]}`}>{stateWords[state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}
