import type { DemoFiles } from "./export-files.ts";
import { localTime, offsetOf, type Seconds, secondsOf } from "./moments.ts";
import { hexOf } from "./spread.ts";
import type { Story } from "./story-schema.ts";

const day = 86_400;
type Found = Story["operations"]["detector"]["found"][number];

/** AIDE looks at each host every morning at half past five, and tells what differs from the day before. */
export function aideReports(story: Story): DemoFiles {
  const { from, to, timeZone } = story.period;
  const files = new Map<string, string>();
  const first = secondsOf(`${from}T04:30:00+00:00`);
  const last = secondsOf(`${to}T05:30:00+00:00`);
  for (const host of story.operations.hosts) {
    for (let at = first; at <= last; at += day) {
      const date = localTime(at, timeZone).slice(0, 10);
      if (isSilent(story, host, date)) continue;
      const found = story.operations.detector.found.filter((each) => each.host === host && each.on === date);
      files.set(`export/aide/${host}/${date}.txt`, report(at, timeZone, found));
    }
  }
  return files;
}

function isSilent(story: Story, host: string, date: string): boolean {
  return story.operations.detector.silent.some((each) => each.host === host && each.from <= date && date <= each.to);
}

function report(at: Seconds, zone: string, found: readonly Found[]): string {
  const time = (moment: Seconds) => `${localTime(moment, zone).replace("T", " ")} ${offsetOf(moment, zone)}`;
  const listed = (["added", "changed"] as const).map((what) => found.filter((each) => each.what === what));
  const [added = [], changed = []] = listed;
  return [
    `Start timestamp: ${time(at)} (AIDE 0.18.3)`,
    `AIDE found ${found.length === 0 ? "NO differences" : "differences"} between database and filesystem${found.length === 0 ? ". Looks okay!!" : "!!"}`,
    "",
    ...(found.length === 0 ? ["Number of entries:\t48212"] : summary(added.length, changed.length)),
    ...section("Added", added, "f+++++++++++++++++"),
    ...section("Changed", changed, "f > .   mc..H    "),
    ...(changed.length === 0 ? [] : details(changed, time(at - day), time(at - 7200))),
    "",
    `End timestamp: ${time(at + 41)} (run time: 0m 41s)`,
    "",
  ].join("\n");
}

function summary(added: number, changed: number): string[] {
  return [
    "Summary:",
    "  Total number of entries:\t48212",
    `  Added entries:\t\t${added}`,
    "  Removed entries:\t\t0",
    `  Changed entries:\t\t${changed}`,
    "",
  ];
}

const rule = "---------------------------------------------------";

function section(name: string, found: readonly Found[], mark: string): string[] {
  if (found.length === 0) return [];
  return [rule, `${name} entries:`, rule, "", ...found.map(({ path }) => `${mark}: ${path}`), ""];
}

function details(found: readonly Found[], before: string, after: string): string[] {
  return [
    rule,
    "Detailed information about changes:",
    rule,
    "",
    ...found.flatMap(({ path, on }) => [
      `File: ${path}`,
      ` Mtime     : ${before}        | ${after}`,
      ` SHA256    : ${hexOf(`${path}/before`, 32)} | ${hexOf(`${path}/${on}`, 32)}`,
      "",
    ]),
  ];
}
