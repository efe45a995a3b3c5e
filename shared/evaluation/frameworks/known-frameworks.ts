import { cobit2019 } from "./cobit-2019.ts";
import { iso27001 } from "./iso-27001.ts";
import { nist80053 } from "./nist-800-53.ts";
import { pciDss } from "./pci-dss.ts";
import { soc2 } from "./soc2.ts";

/** Frameworks whose identifiers are known, by the names that catalogs give them. A catalog may declare others. */
export const knownFrameworks: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["SOC 2", new Set(soc2)],
  ["ISO/IEC 27001:2022", new Set(iso27001)],
  ["PCI DSS 4.0.1", new Set(pciDss)],
  ["NIST SP 800-53 r5", new Set(nist80053)],
  ["COBIT 2019", new Set(cobit2019)],
]);
