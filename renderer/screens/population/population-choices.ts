import { strings } from "../../strings.ts";

/** The populations that a sample can be drawn from. */
export const populations = [
  { id: "change", label: strings.items.change.all },
  { id: "deployment", label: strings.items.deployment.all },
] as const;
