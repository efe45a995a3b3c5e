import type { FileFormat } from "../file-format.ts";

export const junitXml: FileFormat = {
  format: "junit.xml",
  system: "ci",
  title: "Test reports in JUnit's XML, in any dialect",
  recognisedBy: "the root element testsuites or testsuite",
  shape: { cut: "whole" },
  gives: ["reports"],
  recognise({ xmlRoot }) {
    if (xmlRoot?.name !== "testsuites" && xmlRoot?.name !== "testsuite") return null;
    return { sure: "certain", because: `its root element is ${xmlRoot.name}` };
  },
};
