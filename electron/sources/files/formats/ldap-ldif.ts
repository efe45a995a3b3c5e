import type { FileFormat } from "../file-format.ts";

/** An export of a directory. */
export const ldapLdif: FileFormat = {
  format: "ldap.ldif",
  system: "people",
  title: "Export of an LDAP directory (LDIF)",
  recognisedBy: "a line that begins with dn: among the first ones",
  shape: { cut: "whole" },
  recognise({ lines }) {
    const content = lines.filter((line) => !line.startsWith("#") && !/^version: \d/.test(line));
    return /^dn:/i.test(content[0] ?? "") ? { sure: "certain", because: "its first entry begins with dn:" } : null;
  },
};
