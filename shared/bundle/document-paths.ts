/** Names of the parts that other programs read. Each is written from the bundle's own parts and says nothing besides. */
export const oscalPaths = {
  plan: "oscal/assessment-plan.json",
  results: "oscal/assessment-results.json",
} as const;

/** In-toto statements in DSSE envelopes, one a line. */
export const attestationsPath = "attestations/audit.intoto.jsonl";
/** The signer's certificate in PEM: to check with, and nothing to trust because it lies here. */
export const attestationSignerPath = "attestations/signer.pem";

export const workbookPath = "workpapers/workpapers.xlsx";
export const workpaperPath = (table: string) => `workpapers/${table}.csv`;
