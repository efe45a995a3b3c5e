/** What somebody attested, since no system can answer for it. */
export const attestationFormats = [
  "tickmark.attestations", // whole file, YAML or JSON: `tickmark: attestations/1` and a list of attestations
  "tickmark.attestations-csv", // whole records of a CSV file: control, occurrence, by, at, done, open, documents, note
] as const;
