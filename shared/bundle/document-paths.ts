/** Names of the parts that other programs read. Each is written from the bundle's own parts and says nothing besides. */
export const oscalPaths = {
  plan: "oscal/assessment-plan.json",
  results: "oscal/assessment-results.json",
} as const;
