import type { FileFormat } from "../file-format.ts";

const login =
  /^(?:<\d+>)?(?:[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}T\S+) \S+ (?:sshd(?:-session)?|sudo|su|login|useradd|usermod|userdel|groupadd|passwd|pkexec|doas|CRON|cron|systemd-logind)(?:\(|\[|:)/;

export const authLog: FileFormat = {
  format: "auth.log",
  system: "production",
  title: "Logs of logins and of commands as another user, as syslog writes them (auth.log, secure)",
  recognisedBy: "lines of syslog of sshd, sudo, su, login or the tools that change accounts",
  shape: { cut: "lines" },
  gives: ["access"],
  recognise({ lines }) {
    if (!lines.some((line) => login.test(line))) return null;
    return { sure: "likely", because: "one of its first lines is syslog's of a program for logins" };
  },
};
