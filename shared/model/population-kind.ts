import { z } from "zod";

/** What a population is made of. The order is that of workpapers and screens. */
export const PopulationKind = z.enum([
  "change",
  "deployment",
  /** Recurring periods, Monday to Sunday and by the calendar, in the engagement's time zone. */
  "week",
  "quarter",
  "incident",
  "access-event",
  "detected-change",
  /** Documents that a control's checklist asks for. */
  "document",
  /** Repositories, by how their reviews are spread over people: for controls that look at all changes together. */
  "review-pattern",
]);
export type PopulationKind = z.infer<typeof PopulationKind>;
