import { Link } from "@tanstack/react-router";
import { Empty } from "../../components/states.tsx";
import { strings } from "../../strings.ts";

/** For screens of an engagement when none is open. */
export function NoEngagement() {
  return (
    <Empty title={strings.start.noneTitle} action={<Link to="/start">{strings.start.noneAction}</Link>}>
      {strings.start.noneAbout}
    </Empty>
  );
}
