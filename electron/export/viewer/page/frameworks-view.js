import { element, link, said, table } from "./elements.js";

const requirementColumns = [{ title: "Requirement" }, { title: "Controls" }, { title: "In all" }];

/** What was concluded, by the requirements that ask for it. */
export function frameworksView({ frameworks, stateWords }) {
  return [
    element("h1", null, "Requirements by framework"),
    element(
      "p",
      { class: "lead" },
      "A requirement is as good as the weakest of the controls that name it. Whether they are enough for it is for the reader to judge.",
    ),
    frameworks.map(({ framework, requirements }) => [
      element("h2", null, said(framework)),
      table(
        requirementColumns,
        requirements.map(({ requirement, controls, state }) => [
          said(requirement),
          controls.length === 0
            ? element("span", { class: "muted" }, "none")
            : controls.map(({ control, title, state: own }) =>
                element(
                  "div",
                  null,
                  link(`control/${encodeURIComponent(control)}`, control),
                  " ",
                  said(title),
                  element("span", { class: "muted" }, ` ${stateWords[own]}`),
                ),
              ),
          element("strong", null, stateWords[state]),
        ]),
      ),
    ]),
  ];
}
