const assertions = {
  small: `{id: small, needs: [requests], pass: "change.size.added <= params.limit", passes: "At most {string(params.limit)} lines.", fails: "More than {string(params.limit)} lines."}`,
  titled: `{id: titled, needs: [commits], pass: "change.title != ''", passes: It has a title., fails: It has none.}`,
  reviewed: `{id: reviewed, needs: [reviews], pass: "change.reviews.exists(r, approvedBy(change, r.by.id))", passes: Approved., fails: Not approved.}`,
};

export interface EditedControl {
  readonly id: string;
  readonly limit: number;
  readonly assertions: readonly (keyof typeof assertions)[];
}

/** A catalog of small controls on changes, as somebody edits one. */
export function writeCatalog(controls: readonly EditedControl[]): string {
  return `{id: edited, version: "1", title: Edited, controls: [${controls.map(writeControl).join(", ")}]}`;
}

function writeControl({ id, limit, assertions: names }: EditedControl): string {
  const about = "title: Small, objective: It is small., risk: It is large., idea: Small changes., frameworks: {}";
  const parameters = `{limit: {type: int, default: ${limit}, meaning: Lines.}}`;
  const rules = names.map((name) => assertions[name]).join(", ");
  return `{id: ${id}, ${about}, population: change, parameters: ${parameters}, assertions: [${rules}]}`;
}
