import type { FileFormat } from "../file-format.ts";

export const puppetReportYaml: FileFormat = {
  format: "puppet-report.yaml",
  system: "production",
  title: "Reports of runs of Puppet (YAML)",
  recognisedBy: "the tag of Puppet's reports, or the fields configuration_version and transaction_uuid",
  shape: { cut: "whole" },
  gives: ["convergence"],
  recognise({ text, json }) {
    if (/^---\s+!ruby\/object:Puppet::Transaction::Report\b/.test(text.trimStart())) {
      return { sure: "certain", because: "it begins with the tag of Puppet's reports" };
    }
    if (json !== undefined || !/^configuration_version:/m.test(text) || !/^transaction_uuid:/m.test(text)) return null;
    return { sure: "likely", because: "it has configuration_version and transaction_uuid" };
  },
};
