import type { EngineHandlersOf } from "../handler-types.ts";
import type { Session } from "../session.ts";
import { joinAccount, splitAccount, withdrawDecision } from "../steps/people-step.ts";
import { viewPeople } from "../views/people-view.ts";

export function createPeopleHandlers(session: Session): EngineHandlersOf<"people"> {
  const decided = () => {
    session.emit("engagement-changed", {});
    return viewPeople(session);
  };
  return {
    "people.list": () => viewPeople(session),
    "people.join"({ account, with: other, reason }) {
      joinAccount(session, account, other, reason);
      return decided();
    },
    "people.split"({ account, reason }) {
      splitAccount(session, account, reason);
      return decided();
    },
    "people.withdraw"({ entry, reason }) {
      withdrawDecision(session, entry, reason);
      return decided();
    },
  };
}
