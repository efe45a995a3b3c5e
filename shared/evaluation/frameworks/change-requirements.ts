/*
 * The part of each framework that is about how software and configuration are changed: where a catalog has no control for
 * one of these, the report by framework says so. Of the other requirements a catalog of change controls owes nothing.
 */
export const changeRequirements: ReadonlyMap<string, readonly string[]> = new Map([
  // Change management, and what detects changes and software that nobody authorised.
  ["SOC 2", ["CC6.8", "CC7.1", "CC8.1"]],
  // Segregation of duties; source code, configuration, installation; the development life cycle up to change management.
  [
    "ISO/IEC 27001:2022",
    [
      "A.5.3",
      "A.8.4",
      "A.8.9",
      "A.8.19",
      "A.8.25",
      "A.8.26",
      "A.8.27",
      "A.8.28",
      "A.8.29",
      "A.8.30",
      "A.8.31",
      "A.8.32",
    ],
  ],
  // Software is developed securely, and changes to all components are managed; change detection.
  [
    "PCI DSS 4.0.1",
    ["6.2.1", "6.2.3", "6.2.3.1", "6.2.4", "6.5.1", "6.5.2", "6.5.3", "6.5.4", "6.5.5", "6.5.6", "11.5.2"],
  ],
  // Configuration change control, its impact and access; developers' configuration management and testing; integrity.
  ["NIST SP 800-53 r5", ["AC-5", "CM-2", "CM-3", "CM-4", "CM-5", "CM-6", "SA-10", "SA-11", "SI-7"]],
  // Managed IT changes; managed change acceptance and transitioning.
  [
    "COBIT 2019",
    [
      ...["BAI06.01", "BAI06.02", "BAI06.03", "BAI06.04"],
      ...["BAI07.01", "BAI07.03", "BAI07.04", "BAI07.05", "BAI07.06", "BAI07.08"],
    ],
  ],
]);
