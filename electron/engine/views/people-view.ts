import type { PeopleView } from "../../../shared/model/people-decision.ts";
import { frozenDecisions, readDecisions } from "../../../shared/population/people-decisions.ts";
import type { Session } from "../session.ts";
import { readDecidedPeople } from "../steps/people-step.ts";
import type { PopulationDocument } from "../steps/population-step.ts";

/** Who is who, with the unknown first. @throws stage-order before the first freeze */
export function viewPeople(session: Session): PeopleView {
  const { store } = session;
  const { roster, persons } = readDecidedPeople(session);
  const freeze = store.latestFreeze("change");
  const document = store.document(freeze?.id ?? "", "population") as PopulationDocument | undefined;
  const activities = store.activities();
  const decisions = readDecisions(activities);
  const pending = decisions.length - frozenDecisions(activities).length;
  return { roster, unknown: [...(document?.unknown ?? [])], persons: [...persons], decisions, pending };
}
