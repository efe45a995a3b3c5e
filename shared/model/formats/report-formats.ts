/** Reports that tools for tests and analysis write. */
export const reportFormats = [
  "junit.xml", // whole file, in any dialect
  "rspec.json", // whole file: RSpec's --format json, also of rspec-puppet and ServerSpec
  "inspec.json", // whole file: InSpec's --reporter json
  "kitchen.log", // whole file: what Test Kitchen logs
  "kitchen.json", // whole file: kitchen list --json
  "puppet-lint.json", // whole file: puppet-lint --json
  "puppet-lint.text", // whole file: what puppet-lint prints
  "rubocop.json", // whole file: --format json of RuboCop or Cookstyle
  "sarif.json", // whole file: OASIS SARIF 2.1.0
  "github.run", // whole file: GET /repos/{o}/{r}/actions/runs/{id}
] as const;
