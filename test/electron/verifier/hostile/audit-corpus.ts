import {
  type EngagementPart,
  evidencePath,
  idsPath,
  itemsPath,
  partPaths,
} from "../../../../shared/bundle/bundle-parts.ts";
import type { Activity } from "../../../../shared/model/activity.ts";
import { chainStart, sealActivity } from "../../../../shared/model/activity-chain.ts";
import { encodeCanonical } from "../../../../shared/model/canonical-json.ts";
import type { Completeness } from "../../../../shared/model/completeness.ts";
import type { Conclusion } from "../../../../shared/model/conclusion.ts";
import type { Evidence } from "../../../../shared/model/evidence.ts";
import type { People, Person } from "../../../../shared/model/person.ts";
import type { Result } from "../../../../shared/model/result.ts";
import type { Draw, Freeze } from "../../../../shared/model/sample.ts";
import { hashOf, manifestName, textOf } from "../sample-bundle.ts";

type Files = Map<string, Buffer>;

/**
 * A lie of the trusted signer: everything that is signed fits, and so do the signatures. Only doing the audit again can tell.
 */
export interface Lie {
  /** Of the file: the verdict, the check that must tell, and what was done. */
  readonly name: string;
  /** What the check says. */
  readonly detail: RegExp;
  readonly change: (files: Files) => void;
}

const failed = (check: string, what: string, detail: RegExp, change: Lie["change"]): Lie => {
  return { name: `failed ${check} ${what}.zip`, detail, change };
};

function readLines<T>(files: Files, path: string): T[] {
  return textOf(files, path)
    .split("\n")
    .filter(Boolean)
    .map((line): T => JSON.parse(line));
}

function writeLines(files: Files, path: string, values: readonly unknown[]): void {
  files.set(path, Buffer.from(values.map((value) => `${encodeCanonical(value)}\n`).join("")));
}

function readPart<T>(files: Files, path: string): T {
  return JSON.parse(textOf(files, path));
}

function writePart(files: Files, path: string, value: unknown): void {
  files.set(path, Buffer.from(encodeCanonical(value)));
}

const onLines = <T>(path: string, change: (values: T[]) => readonly unknown[]): Lie["change"] => {
  return (files) => writeLines(files, path, change(readLines<T>(files, path)));
};

const onPart = <T>(path: string, change: (value: T) => unknown): Lie["change"] => {
  return (files) => writePart(files, path, change(readPart<T>(files, path)));
};

/** In the text of a part, where it must be found. */
const inText = (path: string, from: string | RegExp, to: string): Lie["change"] => {
  return (files) => {
    const [before, after] = [textOf(files, path), textOf(files, path).replace(from, to)];
    if (before === after) throw new Error(`${path} has no ${from} to be changed.`);
    files.set(path, Buffer.from(after));
  };
};

/** The log as `change` leaves it, chained again from its first entry to a head that the manifest names. */
const rechained = (change: (entries: Activity[]) => Activity[]): Lie["change"] => {
  return (files) => {
    const entries: Activity[] = [];
    for (const { hash: _, ...entry } of change(readLines<Activity>(files, partPaths.activityLog))) {
      const place = { number: entries.length + 1, previous: entries.at(-1)?.hash ?? chainStart };
      entries.push(sealActivity({ ...entry, ...place }, (content) => hashOf(Buffer.from(content))));
    }
    writeLines(files, partPaths.activityLog, entries);
    onPart<object>(manifestName, (manifest) => ({ ...manifest, activityHead: entries.at(-1)?.hash ?? chainStart }))(
      files,
    );
  };
};

const all = (...changes: readonly Lie["change"][]): Lie["change"] => {
  return (files) => {
    for (const change of changes) change(files);
  };
};

const firstWhere = <T>(values: readonly T[], fits: (value: T) => boolean): number => {
  const at = values.findIndex(fits);
  if (at < 0) throw new Error("The honest bundle has nothing of the kind.");
  return at;
};

/** A pass in the place of the first fail. */
const passTheFirstFail = (results: Result[]): Result[] => {
  const at = firstWhere(results, ({ outcome }) => outcome === "fail");
  return results.map((result, index) => (index === at ? { ...result, outcome: "pass" } : result));
};

const results: readonly Lie[] = [
  failed("results", "edited", /comes out otherwise at \$\.outcome/, onLines(partPaths.results, passTheFirstFail)),
  failed(
    "results",
    "edited with the conclusions computed for it",
    /comes out otherwise at \$\.outcome/,
    all(
      onLines(partPaths.results, passTheFirstFail),
      onPart<Conclusion[]>(partPaths.summaries, (all) => all.map((each) => ({ ...each, deviations: 0, fail: 0 }))),
    ),
  ),
  failed(
    "results",
    "left out",
    /comes out otherwise at \$/,
    onLines<Result>(partPaths.results, ([, ...rest]) => rest),
  ),
  failed(
    "results",
    "that no rule gives",
    /that no rule gives/,
    onLines<Result>(partPaths.results, (all) => [
      ...all,
      ...all.slice(0, 1).map((each) => ({ ...each, item: "nowhere" })),
    ]),
  ),
  failed(
    "results",
    "stated twice, one way and the other",
    /that no rule gives|comes out otherwise/,
    onLines<Result>(partPaths.results, (all) => [
      ...all.filter(({ outcome }) => outcome === "fail").map((each) => ({ ...each, outcome: "pass" })),
      ...all,
    ]),
  ),
  failed(
    "results",
    "with other values read",
    /comes out otherwise at \$\.values/,
    onLines<Result>(partPaths.results, (all) => {
      const at = firstWhere(all, ({ values }) => Object.keys(values).length > 0);
      return all.map((each, index) =>
        index === at
          ? { ...each, values: Object.fromEntries(Object.keys(each.values).map((key) => [key, "other"])) }
          : each,
      );
    }),
  ),
  failed("results", "none", /states no results/, (files) => void files.set(partPaths.results, Buffer.alloc(0))),
  failed(
    "facts",
    "of results that say one thing to one reader and another to the next",
    /results\.jsonl line 1 cannot be read: it is not written in canonical JSON/,
    inText(partPaths.results, '"outcome":', '"outcome":"fail","outcome":'),
  ),
  failed(
    "conclusions",
    "with fewer deviations",
    /comes out otherwise at \$\.deviations/,
    onPart<Conclusion[]>(partPaths.summaries, (all) => {
      const at = firstWhere(all, ({ deviations }) => deviations > 0);
      return all.map((each, index) => (index === at ? { ...each, deviations: 0 } : each));
    }),
  ),
  failed(
    "conclusions",
    "with a lower limit",
    /comes out otherwise at \$\.limits\.upper/,
    onPart<Conclusion[]>(partPaths.summaries, (all) => {
      const at = firstWhere(all, ({ limits }) => (limits?.upper ?? 0) > 0);
      return all.map((each, index) =>
        index === at && each.limits ? { ...each, limits: { ...each.limits, upper: each.limits.upper / 2 } } : each,
      );
    }),
  ),
  failed(
    "conclusions",
    "with one left out",
    /another number of conclusions/,
    onPart<Conclusion[]>(partPaths.summaries, (all) => all.slice(1)),
  ),
];

const draws: readonly Lie[] = [
  failed(
    "completeness",
    "with a source pulled that was not",
    /pull records say otherwise at \$\.notPulled/,
    onPart<Completeness>(partPaths.completeness, (stated) => ({ ...stated, notPulled: ["ledger-jira"] })),
  ),
  failed("draw", "from another seed", /draws another sample/, inText(partPaths.draws, "seed one", "seed six")),
  failed(
    "draw",
    "from another seed, told in a log chained anew",
    /draws another sample/,
    all(
      inText(partPaths.draws, "seed one", "seed six"),
      rechained((entries) => JSON.parse(JSON.stringify(entries).replaceAll("seed one", "seed six"))),
    ),
  ),
  failed(
    "activity-log",
    "that tells another seed than the draws",
    /tells sample-drawn .* otherwise/,
    inText(partPaths.draws, "seed two", "seed seven"),
  ),
  failed(
    "draw",
    "in another order",
    /draws another sample/,
    onPart<Draw[]>(partPaths.draws, (all) => all.map((draw) => ({ ...draw, items: draw.items.toReversed() }))),
  ),
  failed("draw", "with an item exchanged for another of the population", /draws another sample/, (files) => {
    const ids = textOf(files, idsPath("change")).split("\n").filter(Boolean);
    onPart<Draw[]>(partPaths.draws, ([draw, ...rest]) => {
      const other = ids.find((id) => draw?.items.includes(id) === false);
      return [{ ...draw, items: [other, ...(draw?.items.slice(1) ?? [])] }, ...rest];
    })(files);
  }),
  failed(
    "activity-log",
    "that hides a draw",
    /tells sample-drawn .* otherwise/,
    all(
      onPart<Draw[]>(partPaths.draws, (all) => all.slice(0, 1)),
      onPart<EngagementPart>(partPaths.engagement, (part) => ({ ...part, testedDraws: part.testedDraws.slice(0, 1) })),
    ),
  ),
  failed(
    "activity-log",
    "with the draws in another order",
    /tells sample-drawn .* otherwise/,
    onPart<Draw[]>(partPaths.draws, (all) => all.toReversed()),
  ),
  failed(
    "activity-log",
    "that tells a draw twice",
    /tells sample-drawn .* otherwise/,
    rechained((entries) => {
      const at = firstWhere(entries, ({ kind }) => kind === "sample-drawn");
      return entries.toSpliced(at, 0, ...entries.slice(at, at + 1));
    }),
  ),
  failed(
    "activity-log",
    "that tells a freeze after the draw from it",
    /had not been frozen before/,
    rechained((entries) => [
      ...entries.filter(({ kind }) => kind !== "population-frozen"),
      ...entries.filter(({ kind }) => kind === "population-frozen"),
    ]),
  ),
  failed("population-digest", "of a population without one item", /is not the one that was frozen/, (files) => {
    const ids = textOf(files, idsPath("change")).split("\n");
    files.set(idsPath("change"), Buffer.from(ids.slice(1).join("\n")));
  }),
  failed(
    "activity-log",
    "that tells another digest than the freeze",
    /tells population-frozen .* otherwise/,
    onPart<Freeze[]>(partPaths.freezes, (all) => all.map((freeze) => ({ ...freeze, digest: "0".repeat(64) }))),
  ),
  failed(
    "draw",
    "none",
    /states no sample/,
    inText(partPaths.engagement, /"testedDraws":\[[^\]]*\]/, '"testedDraws":[]'),
  ),
];

/** The catalog as `change` leaves it, and the log as if that one had been evaluated. */
const withCatalog = (change: Lie["change"]): Lie["change"] =>
  all(change, (files) =>
    rechained((entries) =>
      entries.map((entry) =>
        entry.kind === "evaluated" && typeof entry.after === "object"
          ? { ...entry, after: { ...entry.after, catalog: hashOf(files.get(partPaths.catalog)) } }
          : entry,
      ),
    )(files),
  );

/** A rule of the catalog written anew. */
const withRule = (change: (rule: string) => string): Lie["change"] => {
  const rule = /(- id: different-people\n[\s\S]*?\n\s+pass: \|\n)((?:\s{10,}.*\n)+)/;
  return withCatalog((files) => {
    const text = textOf(files, partPaths.catalog);
    const [, , body] = rule.exec(text) ?? [];
    if (body === undefined) throw new Error("The catalog has no such rule.");
    const written = `          ${change(body.trim().replace(/\s+/g, " "))}\n`;
    files.set(partPaths.catalog, Buffer.from(text.replace(rule, (_all, before: string) => `${before}${written}`)));
  });
};

/** Holds, after as many turns as no machine takes. */
const loops = [..."abcdefghij"].reduceRight(
  (inner, name) => `[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20].all(${name}, ${inner})`,
  "a > 0",
);

const logs: readonly Lie[] = [
  failed(
    "activity-log",
    "with an entry changed",
    /breaks at entry 3/,
    onLines<Activity>(partPaths.activityLog, (all) =>
      all.map((each) => (each.number === 3 ? { ...each, by: "Best" } : each)),
    ),
  ),
  failed(
    "activity-log",
    "with an entry dropped",
    /breaks at entry 4/,
    onLines<Activity>(partPaths.activityLog, (all) => all.toSpliced(3, 1)),
  ),
  failed(
    "activity-log",
    "cut off at its end",
    /does not end where the manifest says/,
    onLines<Activity>(partPaths.activityLog, (all) => all.slice(0, -1)),
  ),
  failed("activity-log", "of other pulls", /tells the pull .* otherwise at \$\.coverage/, (files) => {
    const path = [...files.keys()].find((each) => each.startsWith("ipe/")) ?? "";
    onPart<object>(path, (record) => ({ ...record, coverage: [] }))(files);
  }),
  failed(
    "activity-log",
    "of another catalog: a rule was loosened",
    /another catalog/,
    inText(partPaths.catalog, /pass: (change\.[^\n]*)/, "pass: $1 || true"),
  ),
  failed(
    "results",
    "by a rule that was loosened, told in a log chained anew",
    /comes out otherwise/,
    withRule((rule) => `true || (${rule})`),
  ),
  // By the rules as they stand in it the results cannot be told within any time; that is no reason to wait for them.
  failed(
    "results",
    "by a rule of loops in loops, told in a log chained anew",
    /comes out otherwise/,
    withRule((rule) => `${loops} && (${rule})`),
  ),
  failed(
    "results",
    "by a rule of loops in loops that passes all the same, told in a log chained anew",
    /comes out otherwise/,
    withRule((rule) => `${loops} || true || (${rule})`),
  ),
  failed(
    "results",
    "by a pattern that goes back again and again, told in a log chained anew",
    /comes out otherwise/,
    withRule((rule) => `'${"a".repeat(5_000)}!'.matches('^(a+)+$') && (${rule})`),
  ),
  failed(
    "results",
    "by a pattern that looks ahead, told in a log chained anew",
    /SOD-\d\d pass: the pattern "a\(\?=b\)" is no regular expression of RE2/,
    withRule((rule) => `'ab'.matches('a(?=b)') && (${rule})`),
  ),
];

const evidence: readonly Lie[] = [
  failed("git-objects", "of a commit swapped with its record and hash updated", /gives another id/, (files) =>
    swapEvidence(files, "git.commit", (text) => `${text} `),
  ),
  failed(
    "facts",
    "of a review swapped with its record and hash updated",
    /evidence says otherwise|no such item/,
    (files) => swapEvidence(files, "github.reviews", (text) => text.replaceAll("APPROVED", "COMMENTED")),
  ),
  failed(
    "evidence",
    "of another size than its record says",
    /is not the one that was pulled/,
    onLines<Evidence>(partPaths.evidenceIndex, ([first, ...rest]) => [
      { ...first, size: (first?.size ?? 0) + 1 },
      ...rest,
    ]),
  ),
  failed(
    "evidence",
    "with the reviews taken out",
    /rests on evidence that is not in the bundle/,
    onLines<Evidence>(partPaths.evidenceIndex, (all) => all.filter(({ format }) => format !== "github.reviews")),
  ),
  failed(
    "facts",
    "of an item that the evidence does not give",
    /evidence says otherwise/,
    inText(itemsPath("change"), '"known":true', '"known":false'),
  ),
  failed(
    "facts",
    "of another item in the place of one",
    /stated are not those sampled/,
    onLines<object>(itemsPath("change"), ([, ...rest]) => rest),
  ),
  failed(
    "facts",
    "of evidence of a source that is not described",
    /does not describe/,
    onLines<Evidence>(partPaths.evidenceIndex, (all) => all.map((each) => ({ ...each, sourceId: "elsewhere" }))),
  ),
  failed("facts", "that nobody can read", /draws\.json cannot be read: it is not JSON/, (files) => {
    files.set(partPaths.draws, Buffer.from("{"));
  }),
  failed("facts", "nested a hundred thousand deep", /draws\.json cannot be read/, (files) => {
    files.set(partPaths.draws, Buffer.from(`${"[".repeat(100_000)}${"]".repeat(100_000)}`));
  }),
];

const onPersons = (change: (person: Person) => Person): Lie["change"] =>
  onPart<People>(partPaths.people, (people) => ({ ...people, persons: people.persons.map(change) }));

const people: readonly Lie[] = [
  failed(
    "people",
    "with an account that nothing gives them",
    /gives an account to somebody else, or to nobody/,
    onPersons((person) => ({
      ...person,
      accounts: [
        ...person.accounts,
        { system: "git", name: `${person.id}@elsewhere.example`, reason: "The roster lists it.", evidence: [] },
      ],
    })),
  ),
  failed(
    "people",
    "with a role that the roster does not give them",
    /gives an account to somebody else, or to nobody/,
    onPersons((person) => ({ ...person, roles: [...person.roles, "release-authority", "change-board"] })),
  ),
  failed(
    "people",
    "as if an auditor had decided otherwise before the freeze",
    /gives an account to somebody else, or to nobody/,
    (files) => {
      const accounts = readPart<People>(files, partPaths.people).persons.flatMap((person) => person.accounts);
      rechained((entries) => {
        const at = firstWhere(entries, ({ kind }) => kind === "population-frozen");
        const decided = { by: "Test", at: "2026-01-01T00:00:00.000Z", reason: "None." };
        const splits = accounts.flatMap(({ system, name }) =>
          entries.slice(at, at + 1).map((entry): Activity => {
            const after = { kind: "split", account: { system, name }, ...decided };
            return { ...entry, kind: "people-decided", subject: "", before: null, after };
          }),
        );
        return [...entries.slice(0, at), ...splits, ...entries.slice(at)];
      })(files);
    },
  ),
];

/** The first record of a format with other content, its file and its line in the index with it. */
function swapEvidence(files: Files, format: string, change: (text: string) => string): void {
  const index = readLines<Evidence>(files, partPaths.evidenceIndex);
  const manifest = readPart<{ files: { path: string }[] }>(files, manifestName);
  const record = index.find((each) => {
    const text = textOf(files, evidencePath(each.sha256));
    return each.format === format && change(text) !== text;
  });
  if (record === undefined) throw new Error(`No ${format} in the honest bundle could be changed.`);
  const [path, bytes] = [evidencePath(record.sha256), Buffer.from(change(textOf(files, evidencePath(record.sha256))))];
  const sha256 = hashOf(bytes);
  files.delete(path);
  files.set(evidencePath(sha256), bytes);
  const swapped = index.map((each) => (each.sha256 === record.sha256 ? { ...each, sha256, size: bytes.length } : each));
  writeLines(files, partPaths.evidenceIndex, swapped);
  const listed = manifest.files.map((file) => (file.path === path ? { ...file, path: evidencePath(sha256) } : file));
  writePart(files, manifestName, { ...manifest, files: listed.sort((a, b) => (a.path < b.path ? -1 : 1)) });
}

export const lies: readonly Lie[] = [
  ...results,
  ...draws,
  ...logs,
  ...evidence,
  ...people,
  {
    name: "not-reperformed results labelled as of the first format.zip",
    detail: /says that it is of an earlier format, which anyone can write/,
    change: all(
      onLines(partPaths.results, passTheFirstFail),
      onPart<object>(manifestName, (manifest) => ({ ...manifest, formatVersion: 1 })),
    ),
  },
];

const onFormat4 = (verdict: "not-reperformed" | "failed", check: string, what: string, change: Lie["change"]): Lie => {
  const detail =
    /comes out otherwise now: .* of format 4 and that Tickmark 0\.5\.0 wrote it: .* or the bundle was altered/;
  return { name: `${verdict} ${check} ${what}.zip`, detail, change };
};

/**
 * The same in a bundle of format 4, as version 0.5.0 wrote it. Whether it was altered only that version can tell, but for what holds for
 * ever. The check that is named is not possible.
 */
export const liesInFormat4: readonly Lie[] = [
  onFormat4("not-reperformed", "results", "edited", onLines(partPaths.results, passTheFirstFail)),
  onFormat4(
    "not-reperformed",
    "results",
    "edited with the conclusions computed for it",
    all(
      onLines(partPaths.results, passTheFirstFail),
      onPart<Conclusion[]>(partPaths.summaries, (all) => all.map((each) => ({ ...each, deviations: 0, fail: 0 }))),
    ),
  ),
  onFormat4(
    "not-reperformed",
    "results",
    "by a rule that was loosened, told in a log chained anew",
    withCatalog(inText(partPaths.catalog, '"deployment.byPipeline"', '"true"')),
  ),
  onFormat4(
    "not-reperformed",
    "facts",
    "of a deployment by hand told as one by the pipeline",
    inText(itemsPath("deployment"), '"byPipeline":false', '"byPipeline":true'),
  ),
  onFormat4("failed", "facts", "of a deployment swapped with its record and hash updated", (files) =>
    swapEvidence(files, "deployments.csv", (text) => text.replace("ben,by hand", "deploy-bot,pipeline")),
  ),
  onFormat4(
    "not-reperformed",
    "conclusions",
    "with fewer deviations",
    onPart<Conclusion[]>(partPaths.summaries, (all) => all.map((each) => ({ ...each, deviations: 0 }))),
  ),
  onFormat4(
    "not-reperformed",
    "judgements",
    "of another outcome than was tested",
    inText(partPaths.judgements, '"tested":"fail"', '"tested":"no-evidence"'),
  ),
];
