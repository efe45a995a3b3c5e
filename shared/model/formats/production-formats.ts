/** Logs and reports of the production side. */
export const productionFormats = [
  "auth.log", // whole lines of syslog: ssh, sudo, su, accounts
  "journald.jsonl", // whole lines of journalctl -o json
  "cloudtrail.json", // a file of CloudTrail (`Records`), or a list of its events
  "kubernetes-audit.jsonl", // whole lines of a Kubernetes API server's audit log
  "ossec.jsonl", // whole lines of alerts.json of OSSEC or Wazuh
  "ossec.text", // whole alerts of OSSEC's alerts.log
  "tripwire.text", // whole file: a report of Open Source Tripwire
  "aide.text", // whole file: a report of AIDE
  "aide.json", // whole file: the same with report_format=json
  "upguard.json", // a list of changes
  "upguard.csv", // whole records of the same
  "puppet-report.yaml", // whole file: one run of Puppet
  "puppetdb-reports.json", // GET /pdb/query/v4/reports
  "chef-run.json", // whole file: one run of chef-client, or a list of them
  "chef-runs.jsonl", // whole lines of the same
  "ansible-run.json", // whole file: one run of ansible-playbook, as the callback ansible.posix.json writes it
  "launchdarkly.auditlog", // GET /api/v2/auditlog, one page
  "unleash.events", // GET /api/admin/events
  "flagd.changes", // whole lines: flagd's events of changed configuration
] as const;
