import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { parse } from "yaml";
import { TickmarkError } from "../../../shared/errors.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";
import { Source } from "../../../shared/model/source.ts";
import type { SourceKindView } from "../../../shared/model/source-kind.ts";
import type { SourceView } from "../../../shared/model/view.ts";
import type { Runner } from "../command.ts";

const sourceHelp = `
A source is described in YAML or JSON, for example:

  id: git
  kind: git                 # git, github, jenkins, azure-pipelines, circleci, jira, …: "tickmark source kinds" lists all
  repository: ledger-core   # your own short name: it joins the sources about one code base
  location: ../ledger-core  # a path, a .bundle, a .tar of a bare repository, or a clone URL
  releaseBranch: main       # or patterns: "main release/*"; each branch that fits is a release line. Give the code
                            # host and the CI of the repository the same ones

Secrets never stand in it: token: {in: environment, name: GITHUB_TOKEN} or {in: file, path: ~/.token}.
Relative paths start at the engagement's folder.
A source that is read over the network may say how its host is reached: proxy: http://proxy:3128 (else HTTPS_PROXY and
NO_PROXY), caFile: authorities.pem, trustCertificate: sha256:… (that certificate alone), timeoutSeconds: 60,
allowUnencrypted: true (the token is readable on the way).`;

export function addSourceCommands(program: Command, { run }: Runner): void {
  const source = program.command("source").description("add, list and test the sources of an engagement");

  source
    .command("add <file> <description>")
    .description("add a source, described in a YAML or JSON file (- for standard input)")
    .addHelpText("after", sourceHelp)
    .action(
      run<[string, string]>(async ({ output, engagement }, _options, file, description) => {
        const parsed = readSource(description);
        const client = await engagement(file);
        const view = await client.call("source.add", { source: parsed });
        output.result(view, [`Added ${describeSource(view)}.`]);
      }),
    );

  source
    .command("kinds")
    .description("list every kind of source, how it is reached and the formats that it reads")
    .action(
      run(async ({ output, engine }) => {
        const client = await engine();
        const kinds = await client.call("source.kinds", {});
        output.result(kinds, kinds.flatMap(describeKind));
      }),
    );

  source
    .command("list <file>")
    .description("list the sources with their last pull")
    .action(
      run<[string]>(async ({ output, engagement }, _options, file) => {
        const client = await engagement(file);
        const views = await client.call("source.list", {});
        output.result(views, views.length > 0 ? views.map(describeSource) : ["No sources yet."]);
      }),
    );

  source
    .command("test <file> <id>")
    .description("connect to a source and say as whom, with which rights")
    .action(
      run<[string, string]>(async ({ output, engagement }, _options, file, id) => {
        const client = await engagement(file);
        const tested = await client.call("source.test", { id });
        const access = tested.canWrite === true ? "It can write: ask for read-only access." : "";
        output.result(tested, [
          `${id} answers${tested.identity ? ` ${tested.identity}` : ""}. ${tested.access} ${access}`.trim(),
          ...tested.notes,
        ]);
      }),
    );

  program
    .command("pull <file>")
    .description("pull the evidence of all sources that have none yet; an interrupted pull goes on where it stopped")
    .option("--source <id...>", "pull only these, anew where they are complete")
    .action(
      run<[string]>(async ({ output, engagement }, options, file) => {
        const client = await engagement(file);
        const sources = options.source as string[] | undefined;
        const records = await client.call("pull.run", sources ? { sources } : {});
        output.result(records, records.length > 0 ? records.flatMap(describePull) : ["Everything is pulled already."]);
      }),
    );
}

function describeKind({ kind, title, reached, formats }: SourceKindView): string[] {
  return [
    `${kind}: ${title} (${reached === "live" ? "live, read-only" : "files"})`,
    ...formats.map(({ format, title, recognisedBy }) =>
      recognisedBy === "" ? `  ${format}` : `  ${format}: ${title}; recognised by ${recognisedBy}`,
    ),
  ];
}

export function describePull(record: IpeRecord): string[] {
  const counts = Object.entries(record.counts).map(([what, count]) => `${count} ${what}`);
  return [
    `${record.sourceId}: ${counts.join(", ")} (${record.records} records)`,
    ...record.tieOuts.map(({ what, how, expected, received }) => {
      const agrees = expected === received ? "ties out" : "DOES NOT TIE OUT";
      return `  ${what}: ${received} received, ${expected} by ${how}: ${agrees}`;
    }),
    ...record.notes.map((note) => `  ${note}`),
  ];
}

function describeSource({ source, pull, ipe }: SourceView): string {
  const state = ipe ? `pulled ${ipe.finishedAt}, ${ipe.records} records` : pull ? `pull ${pull.state}` : "not pulled";
  return `${source.id} (${source.kind}): ${state}`;
}

function readSource(path: string): Source {
  let text: string;
  try {
    text = readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (cause) {
    throw new TickmarkError("file-missing", `The description ${path} cannot be read.`, "Check its path.", { cause });
  }
  let value: unknown;
  try {
    value = parse(text, { schema: "core", maxAliasCount: 0 });
  } catch (cause) {
    throw invalidSource(path, cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : "not YAML");
  }
  const parsed = Source.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidSource(
    path,
    parsed.error.issues.map((issue) => `${issue.path.join(".") || "source"}: ${issue.message}`).join("; "),
  );
}

function invalidSource(path: string, what: string): TickmarkError {
  return new TickmarkError(
    "source-invalid",
    `The source in ${path} cannot be used: ${what}.`,
    "Correct it; see `tickmark source add --help`.",
  );
}
