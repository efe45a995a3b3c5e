import type { Draw } from "../model/sample.ts";
import { requireInitial, usedItems } from "./further-draw.ts";
import { followersOf } from "./tested-samples.ts";

/** Names of files in the unpacked bundle. */
export interface DrawFiles {
  /** Ids of the population, one a line. */
  readonly ids: string;
  /** Strata of the population, for a stratified draw. */
  readonly strata: string;
  /** The script of the bundle that draws again. */
  readonly script: string;
}

/**
 * The shell command that prints the items of a draw: by rank with coreutils alone, by the other methods with the bundle's
 * own script. Of what the auditor named it prints those that are in the population, in the order of the list.
 *
 * @param draws the draw log: what follows a draw goes on after the items that were drawn before
 */
export function describeDraw(draw: Draw, draws: readonly Draw[], files: DrawFiles): string {
  const { purpose, method, seed, size } = draw;
  if (method === "everything") return `LC_ALL=C sort ${files.ids}`;
  if (method === "targeted" || method === "haphazard") return describeNamed(draw.items, files.ids);
  const before = draws.slice(
    0,
    draws.findIndex(({ id }) => id === draw.id),
  );
  const initial = purpose.kind === "initial" ? draw : requireInitial(draws, purpose.of);
  const used = purpose.kind === "initial" ? new Set<string>() : usedItems(initial, before);
  switch (method) {
    case "rank":
      return describeRank(seed, size, used.size, files.ids);
    case "systematic":
      if (purpose.kind === "replacement") return describeNext(purpose.replaces, used, files);
      return `bash ${files.script} --systematic ${quote(seed)} ${size} < ${files.ids}`;
    case "stratified":
      return `bash ${files.script} --stratified ${quote(seed)} ${listSizes(draw, initial, before)} < ${files.strata}`;
  }
}

function describeRank(seed: string, size: number, skip: number, ids: string): string {
  const after = skip === 0 ? "" : `tail -n +${skip + 1} | `;
  return (
    `while IFS= read -r id; do key=$(printf '%s|%s' ${quote(seed)} "$id" | sha256sum); printf '%s %s\\n' "\${key%% *}" "$id"; ` +
    `done < ${ids} | LC_ALL=C sort | ${after}head -n ${size} | LC_ALL=C cut -c66-`
  );
}

/** The next in byte order that was not used: the script is told which were. */
function describeNext(replaced: string, used: ReadonlySet<string>, { ids, script }: DrawFiles): string {
  return `bash ${script} --next ${quote(replaced)} ${[...used].map(quote).join(" ")} < ${ids}`;
}

function listSizes(draw: Draw, initial: Draw, before: readonly Draw[]): string {
  const drawn = new Map<string, number>();
  const earlier = draw === initial ? [] : [initial, ...followersOf(initial, before)];
  for (const { strata } of earlier) {
    for (const { name, sample } of strata?.sizes ?? []) drawn.set(name, (drawn.get(name) ?? 0) + sample);
  }
  return (draw.strata?.sizes ?? [])
    .filter(({ sample }) => sample > 0)
    .map(({ name, sample }) => `${quote(name)} ${sample} ${drawn.get(name) ?? 0}`)
    .join(" ");
}

function describeNamed(items: readonly string[], ids: string): string {
  return `LC_ALL=C grep -Fx ${items.map((id) => `-e ${quote(id)}`).join(" ")} ${ids}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
