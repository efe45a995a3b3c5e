import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import type { BasisRequest } from "../../../shared/model/draw-request.ts";
import { ControlFrequency, ControlRisk } from "../../../shared/model/house-table.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { SamplingModel } from "../../../shared/model/sample-plan.ts";

export type Options = Record<string, unknown>;

export function populationOption(): Option {
  return new Option("--population <kind>", "what is sampled").choices(PopulationKind.options).default("change");
}

/** What the size rests on; without any of these it is the auditor's own judgement. */
export function addBasisOptions(command: Command): Command {
  return command
    .option("--confidence <c>", "plan the size: confidence, such as 0.95")
    .option("--tolerable <rate>", "plan the size: tolerable rate of deviation, such as 0.05")
    .option("--expected-rate <rate>", "plan the size: rate of deviation that is expected")
    .option("--expected-deviations <n>", "plan the size: deviations that the sample shall put up with", wholeOrZero)
    .addOption(
      new Option("--model <name>", "what deviations follow (default: hypergeometric)").choices(SamplingModel.options),
    )
    .option("--two-stage", "plan two stages of one size: the second one is drawn if the first has one deviation")
    .option("--table <name or file>", "take the size from a house table, which is not statistical")
    .addOption(
      new Option("--frequency <f>", "for a house table: how often the control operates").choices(
        ControlFrequency.options,
      ),
    )
    .addOption(
      new Option("--risk <risk>", "for a house table: assessed risk of the control").choices(ControlRisk.options),
    );
}

/** @throws usage when options contradict each other */
export function readBasis(options: Options): BasisRequest {
  const { confidence, tolerable, expectedRate: expected, expectedDeviations, model } = options;
  const isPlanned = [confidence, tolerable, expected, expectedDeviations, model, options.twoStage].some(
    (option) => option !== undefined,
  );
  if ([options.table, options.frequency, options.risk].some((option) => option !== undefined)) {
    if (isPlanned)
      throw usage("A house table takes no confidence and no rates.", "Give either a plan or a house table.");
    return readTableBasis(options);
  }
  if (!isPlanned) return { kind: "judgement" };
  if (confidence === undefined || tolerable === undefined) {
    throw usage("A plan needs --confidence and --tolerable.", "Give both, such as --confidence 0.95 --tolerable 0.05.");
  }
  const common = {
    confidence: String(confidence),
    tolerableRate: String(tolerable),
    ...(model === undefined ? {} : { model: model as SamplingModel }),
  };
  if (options.twoStage === undefined) {
    return {
      kind: "plan",
      ...common,
      expectedRate: expected === undefined ? null : String(expected),
      expectedDeviations: expectedDeviations === undefined ? null : Number(expectedDeviations),
    };
  }
  if (expected === undefined && expectedDeviations === undefined) return { kind: "two-stage-plan", ...common };
  throw usage(
    "A two-stage plan expects nothing: its stages put up with 0 and 1 deviations.",
    "Leave --expected-rate away.",
  );
}

function readTableBasis({ table, frequency, risk }: Options): BasisRequest {
  if (frequency === undefined) {
    throw usage("A house table needs the frequency of the control.", "Give it with --frequency.");
  }
  return {
    kind: "house-table",
    frequency: frequency as ControlFrequency,
    ...(table === undefined ? {} : { table: String(table) }),
    ...(risk === undefined ? {} : { risk: risk as ControlRisk }),
  };
}

/** Adds `NAME=SIZE` to the sizes before it. A name may itself have "=". */
export function collectStratum(text: string, sizes: Record<string, number> = {}): Record<string, number> {
  const at = text.lastIndexOf("=");
  if (at < 1) throw new InvalidArgumentError("Give NAME=SIZE.");
  return { ...sizes, [text.slice(0, at)]: wholeOrZero(text.slice(at + 1)) };
}

/**
 * The lines of a file byte for byte, as `sort` and `sha256sum` take them: nothing is trimmed, and a byte order mark is
 * part of the first line.
 *
 * @throws file-missing, file-format-unknown when it is not UTF-8
 */
export function readLines(path: string): string[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new TickmarkError("file-missing", `The file ${path} cannot be read.`, "Check its path.", { cause });
  }
  if (!isUtf8(bytes)) {
    throw new TickmarkError("file-format-unknown", `The file ${path} is not UTF-8 text.`, "Save it as UTF-8.");
  }
  const lines = bytes.toString("utf8").split("\n");
  // Only the line break at the end of the file is no id of its own.
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Items that the auditor names: one on each line, id, tab, reason. @throws usage naming the line */
export function readNamedItems(path: string): { id: string; reason: string }[] {
  return readLines(path).map((line, index) => {
    const [id = "", ...reason] = line.split("\t");
    if (id !== "" && reason.join("").trim() !== "") return { id, reason: reason.join(" ") };
    throw usage(`Line ${index + 1} of ${path} has no id and reason.`, "Write on each line: id, tab, reason.");
  });
}

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Give a whole number above zero.");
  return Number(text);
}

function wholeOrZero(text: string): number {
  return text === "0" ? 0 : wholeNumber(text);
}

export function usage(what: string, action: string): TickmarkError {
  return new TickmarkError("usage", what, action);
}

/** `G.3`, or `3` → 3. @throws usage */
export function numberOfRef(letter: string, ref: string): number {
  const found = new RegExp(`^(?:${letter}\\.)?([1-9]\\d{0,8})$`, "i").exec(ref);
  if (found) return Number(found[1]);
  throw usage(`"${ref}" is no reference.`, `Give one such as ${letter}.1, as the list shows it.`);
}
