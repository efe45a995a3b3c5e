import { numbered } from "./identifier-ranges.ts";

/** How many practices each objective of COBIT 2019 has (ISACA, Governance and Management Objectives). */
const practices: Readonly<Record<string, readonly number[]>> = {
  EDM: [3, 4, 3, 3, 3],
  APO: [11, 6, 5, 6, 5, 5, 6, 5, 5, 5, 5, 6, 3, 10],
  BAI: [9, 4, 12, 5, 7, 4, 8, 4, 5, 5, 9],
  DSS: [5, 7, 5, 8, 7, 6],
  MEA: [5, 4, 4, 9],
};

/** Objectives (`BAI06`) and their practices (`BAI06.01`). */
export const cobit2019 = Object.entries(practices).flatMap(([domain, counts]) =>
  counts.flatMap((count, index) => {
    const objective = `${domain}${String(index + 1).padStart(2, "0")}`;
    return [objective, ...numbered(`${objective}.`, count, 2)];
  }),
);
