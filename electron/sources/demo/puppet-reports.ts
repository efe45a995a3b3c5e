import { stringify } from "yaml";
import type { DemoFiles } from "./export-files.ts";
import type { MadeRepository } from "./make-repository.ts";
import { zuluTime } from "./moments.ts";
import { uuidOf } from "./spread.ts";
import type { Story } from "./story-schema.ts";

/** Reports of the runs of Puppet that changed something. The configuration's version is the commit that it came from. */
export function puppetReports(story: Story, repository: MadeRepository): DemoFiles {
  const files = new Map<string, string>();
  for (const { id, host, at, change, changed } of story.operations.convergence) {
    const statuses = changed.map((name) => [name, { changed: true, failed: false }] as const);
    const report = {
      host,
      time: zuluTime(at).replace("Z", ".000000000+00:00"),
      kind: "apply",
      report_format: 12,
      puppet_version: "8.4.0",
      configuration_version: repository.commits.get(change)?.id ?? "",
      transaction_uuid: uuidOf(`puppet/${id}`),
      environment: "production",
      status: "changed",
      noop: false,
      noop_pending: false,
      metrics: { time: { values: [["total", "Total", 21.4]] } },
      logs: [],
      resource_statuses: Object.fromEntries(statuses),
    };
    files.set(`export/puppet/${host}-${id}.yaml`, `---\n${stringify(report)}`);
  }
  return files;
}
