import { type Identity, jiraAccountOf } from "./directory.ts";
import type { Story } from "./story-schema.ts";

/** An account as Jira puts it into every record. Addresses are hidden, as Jira Cloud hides them by default. */
export function jiraUser(story: Story, { person, name, bot }: Pick<Identity, "person" | "name" | "bot">) {
  const accountId = jiraAccountOf(person);
  return {
    self: `${story.jira.site}/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`,
    accountId,
    avatarUrls: avatarsOf(story, `user/avatar/${person}`),
    displayName: name,
    active: true,
    timeZone: story.period.timeZone,
    accountType: bot ? "app" : "atlassian",
  };
}

export function jiraProject(story: Story) {
  const { site, project, name } = story.jira;
  return {
    self: `${site}/rest/api/3/project/10004`,
    id: "10004",
    key: project,
    name,
    projectTypeKey: "software",
    simplified: false,
    avatarUrls: avatarsOf(story, "universal_avatar/view/type/project/avatar/10415"),
  };
}

function avatarsOf(story: Story, path: string) {
  const sizes = ["48x48", "24x24", "16x16", "32x32"] as const;
  const url = (size: string) => `${story.jira.site}/rest/api/3/${path}?size=${size}`;
  return Object.fromEntries(sizes.map((size) => [size, url(size)])) as Record<(typeof sizes)[number], string>;
}
