import type { FileFormat } from "../file-format.ts";

/** The line before each message (RFC 4155). */
const separator = /^From \S.*\d{4}\s*$/;

export const mailMbox: FileFormat = {
  format: "mail.mbox",
  system: "announcements",
  title: "Mailboxes (mbox)",
  recognisedBy: "a first line that begins with `From `, and a header behind it",
  shape: { cut: "lines", beginsRecord: (line) => separator.test(line) },
  gives: ["announcements"],
  recognise({ lines }) {
    const [first = "", second = ""] = lines;
    if (!separator.test(first) || !/^[!-9;-~]+:/.test(second)) return null;
    return { sure: "certain", because: "its first line parts messages and a header follows" };
  },
};
