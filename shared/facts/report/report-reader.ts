import type { reportFormats } from "../../model/formats/report-formats.ts";
import type { FormatReaders } from "../format-reader.ts";
import { runReader } from "../github/build-reader.ts";
import { isUnreadable, originOf, readJson, unreadWhole } from "../json-evidence.ts";
import { readInspec } from "./inspec-reader.ts";
import { readJunit } from "./junit-reader.ts";
import { readKitchenList, readKitchenLog } from "./kitchen-reader.ts";
import { readPuppetLintJson, readPuppetLintText } from "./puppet-lint-reader.ts";
import { readRspec } from "./rspec-reader.ts";
import { readRubocop } from "./rubocop-reader.ts";
import { readSarif } from "./sarif-reader.ts";

/** Readers of what tools for tests and analysis write down. */
export const reportReaders: FormatReaders<(typeof reportFormats)[number]> = {
  "junit.xml": readJunit,
  "rspec.json": readRspec,
  "inspec.json": readInspec,
  "kitchen.log": readKitchenLog,
  "kitchen.json": readKitchenList,
  "puppet-lint.json": readPuppetLintJson,
  "puppet-lint.text": readPuppetLintText,
  "rubocop.json": readRubocop,
  "sarif.json": readSarif,
  "github.run": readJson((input, json, repository) => {
    const facts = runReader(repository)(json, originOf(input, ""));
    return isUnreadable(facts) ? unreadWhole(input, facts) : { facts, unread: [] };
  }),
};
