import { numberedAll } from "./identifier-ranges.ts";

/** Controls of Annex A of ISO/IEC 27001:2022. */
export const iso27001 = numberedAll({ "A.5.": 37, "A.6.": 8, "A.7.": 14, "A.8.": 34 });
