import type { Draw } from "../shared/model/sample.ts";

/** What an entry of the draw log has when chance chose its items and its size is the auditor's own judgement. */
export const plainDraw: Pick<Draw, "statistical" | "purpose" | "basis" | "strata" | "reasons"> = {
  statistical: true,
  purpose: { kind: "initial" },
  basis: { kind: "judgement" },
  strata: null,
  reasons: [],
};
