import { numberedAll } from "./identifier-ranges.ts";

/** Criteria of the AICPA's 2017 Trust Services Criteria (TSP section 100), as a SOC 2 report names them. */
export const soc2 = numberedAll({
  ...{ "CC1.": 5, "CC2.": 3, "CC3.": 4, "CC4.": 2, "CC5.": 3, "CC6.": 8, "CC7.": 5, "CC8.": 1, "CC9.": 2 },
  ...{ "A1.": 3, "C1.": 2, "PI1.": 5 },
  ...{ "P1.": 1, "P2.": 1, "P3.": 2, "P4.": 3, "P5.": 2, "P6.": 7, "P7.": 1, "P8.": 1 },
});
