import { numbered, numberedAll } from "./identifier-ranges.ts";

/** Controls of NIST SP 800-53 revision 5, with the numbers that were withdrawn: a reference to one of these is old, not invented. */
const controls = numberedAll({
  ...{ "AC-": 25, "AT-": 6, "AU-": 16, "CA-": 9, "CM-": 14, "CP-": 13, "IA-": 12, "IR-": 10, "MA-": 7, "MP-": 8 },
  ...{ "PE-": 23, "PL-": 11, "PM-": 32, "PS-": 9, "PT-": 8, "RA-": 10, "SA-": 23, "SC-": 51, "SI-": 23, "SR-": 12 },
});

/** Last enhancement of the controls that change, access, audit and development work is measured by. */
const enhancements: Readonly<Record<string, number>> = {
  ...{ "AC-2": 13, "AC-3": 15, "AC-4": 32, "AC-6": 10, "AC-16": 10, "AC-17": 10 },
  ...{ "AU-2": 4, "AU-3": 3, "AU-5": 5, "AU-6": 10, "AU-7": 2, "AU-9": 7, "AU-10": 5, "AU-12": 4 },
  ...{ "CA-2": 3, "CA-7": 6, "CA-8": 3 },
  ...{ "CM-2": 7, "CM-3": 8, "CM-4": 2, "CM-5": 7, "CM-6": 4, "CM-7": 9, "CM-8": 9, "CM-9": 1, "CM-11": 3 },
  ...{ "IR-4": 15, "IR-5": 1, "IR-6": 3, "RA-3": 4, "RA-5": 11 },
  ...{ "SA-3": 3, "SA-4": 12, "SA-8": 33, "SA-9": 8, "SA-10": 7, "SA-11": 9, "SA-15": 13, "SA-17": 9 },
  ...{ "SI-2": 6, "SI-3": 10, "SI-4": 25, "SI-7": 17 },
};

/** Controls (`CM-3`) and, for those above, their enhancements (`CM-3(2)`). */
export const nist80053 = [
  ...controls,
  ...Object.entries(enhancements).flatMap(([control, last]) => numbered(`${control}(`, last).map((id) => `${id})`)),
];
