import { type Command, InvalidArgumentError } from "commander";
import { parse } from "yaml";
import { TickmarkError } from "../../../shared/errors.ts";
import type { ParameterValues } from "../../../shared/model/catalog.ts";
import { type Runner, textOption } from "../command.ts";
import { describeComparison } from "./catalog-comparison-text.ts";
import { describeConclusions } from "./conclusion-table.ts";

const help = `
With --catalog or --parameter the engagement's catalog is another one from now on, and the activity log says so. Only
controls whose rules or parameters changed are evaluated anew. With --dry-run nothing is kept and nothing is logged: what
would change is printed, all of it with --json.

  tickmark evaluate q1.tickmark --catalog edited.yaml --dry-run --population
  tickmark evaluate q1.tickmark --parameter 'REV-01.botAuthors=["renovate[bot]"]' --dry-run`;

export function addEvaluate(program: Command, { run }: Runner): void {
  program
    .command("evaluate <file>")
    .description("evaluate the catalog's controls on the sampled items, and conclude on each")
    .option("--catalog <file>", "an edited catalog, in the place of the engagement's own")
    .option(
      "--parameter <control.name=value>",
      "a parameter, in the place of the one that is set; again for more",
      addValue,
    )
    .option("--dry-run", "say what the edited catalog or the parameters would change, and keep nothing")
    .option("--population", "with --dry-run: try them on all frozen items, and not on the samples alone")
    .addHelpText("after", help)
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const edit = {
          ...(options.catalog === undefined ? {} : { catalogPath: textOption(options, "catalog") }),
          ...(options.parameter === undefined ? {} : { parameters: options.parameter as ParameterValues }),
        };
        const isEdit = Object.keys(edit).length > 0;
        if (options.dryRun && !isEdit) throw nothingToTry();
        if (options.population && !options.dryRun) throw notDry();
        const client = await engagement(file);
        if (options.dryRun) {
          const scope = options.population ? "population" : "sample";
          const mostListed = output.json ? 10_000_000 : 40;
          const comparison = await client.call("catalog.try", { ...edit, scope, mostListed });
          output.result(comparison, describeComparison(comparison));
          return;
        }
        if (isEdit) await client.call("catalog.change", edit);
        const conclusions = await client.call("evaluation.run", {});
        output.result(conclusions, describeConclusions(conclusions));
      }),
    );
}

const form = /^([A-Z]{3}-\d{2})\.([a-z][A-Za-z0-9]*)=(.*)$/s;

/** Values are YAML, as in a catalog: `true`, `14`, `["a", "b"]`, text. */
function addValue(text: string, before: ParameterValues = {}): ParameterValues {
  const [, control = "", name = "", value = ""] = form.exec(text) ?? [];
  if (control === "") throw new InvalidArgumentError("Write it as CONTROL.name=value, such as CAB-02.days=5.");
  return { ...before, [control]: { ...before[control], [name]: parse(value, { schema: "core" }) } };
}

function nothingToTry(): TickmarkError {
  return new TickmarkError(
    "usage",
    "--dry-run has nothing to try.",
    "Give an edited catalog with --catalog, or a parameter with --parameter.",
  );
}

function notDry(): TickmarkError {
  return new TickmarkError(
    "usage",
    "--population is for a dry run: results are of sampled items.",
    "Add --dry-run, or draw everything to test the whole population.",
  );
}
