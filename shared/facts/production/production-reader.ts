import type { productionFormats } from "../../model/formats/production-formats.ts";
import type { FormatReaders } from "../format-reader.ts";
import { readAideJson, readAideText } from "./aide-reader.ts";
import { readAnsibleRun } from "./ansible-reader.ts";
import { readAuthLog } from "./auth-log-reader.ts";
import { readChefRun, readChefRuns } from "./chef-reader.ts";
import { readCloudtrail } from "./cloudtrail-reader.ts";
import { readJournal } from "./journal-reader.ts";
import { readKubernetesAudit } from "./kubernetes-audit-reader.ts";
import { readOssecJson, readOssecText } from "./ossec-reader.ts";
import { readPuppetdbReports, readPuppetReport } from "./puppet-reader.ts";
import { readFlagd, readLaunchdarkly, readUnleash } from "./switch-readers.ts";
import { readTripwire } from "./tripwire-reader.ts";
import { readUpguardCsv, readUpguardJson } from "./upguard-reader.ts";

/** Readers of logs and reports of the production side. */
export const productionReaders: FormatReaders<(typeof productionFormats)[number]> = {
  "auth.log": readAuthLog,
  "journald.jsonl": readJournal,
  "cloudtrail.json": readCloudtrail,
  "kubernetes-audit.jsonl": readKubernetesAudit,
  "ossec.jsonl": readOssecJson,
  "ossec.text": readOssecText,
  "tripwire.text": readTripwire,
  "aide.text": readAideText,
  "aide.json": readAideJson,
  "upguard.json": readUpguardJson,
  "upguard.csv": readUpguardCsv,
  "puppet-report.yaml": readPuppetReport,
  "puppetdb-reports.json": readPuppetdbReports,
  "chef-run.json": readChefRun,
  "chef-runs.jsonl": readChefRuns,
  "ansible-run.json": readAnsibleRun,
  "launchdarkly.auditlog": readLaunchdarkly,
  "unleash.events": readUnleash,
  "flagd.changes": readFlagd,
};
