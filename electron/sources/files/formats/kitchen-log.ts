import type { FileFormat } from "../file-format.ts";

const begins = /-----> (?:Starting Test Kitchen|(?:Creating|Converging|Setting up|Verifying|Testing) <[^>]+>)/;

export const kitchenLog: FileFormat = {
  format: "kitchen.log",
  system: "ci",
  title: "Logs of Test Kitchen",
  recognisedBy: "a line that starts Test Kitchen, or an action on an instance",
  shape: { cut: "whole" },
  gives: ["reports"],
  recognise({ lines }) {
    if (!lines.some((line) => begins.test(line))) return null;
    return { sure: "certain", because: "one of its first lines starts Test Kitchen or an action of it" };
  },
};
