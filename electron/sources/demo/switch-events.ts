import { secondsOf, zuluTime } from "./moments.ts";
import type { Story } from "./story-schema.ts";

/** The event log of the tool for feature switches, as Unleash's `GET /api/admin/events` gives it. */
export function switchEvents(story: Story): string {
  const events = story.operations.switches.map(({ name, at, by, change }, index) => ({
    id: 4001 + index,
    type: change === "created" ? "feature-created" : "feature-environment-enabled",
    createdBy: story.people.persons.find(({ id }) => id === by)?.emails[0] ?? by,
    createdAt: zuluTime(at).replace("Z", ".000Z"),
    data: null,
    preData: null,
    tags: [],
    featureName: name,
    project: "default",
    environment: change === "created" ? null : "production",
  }));
  return `${JSON.stringify({ version: 1, events, totalEvents: events.length }, null, 2)}\n`;
}

/** The first moment of a day of the story, in seconds. */
export function startOf(day: string): number {
  return secondsOf(`${day}T00:00:00+01:00`);
}
