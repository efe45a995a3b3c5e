import { csvCell } from "./deployment-log.ts";
import { jiraAccountOf } from "./directory.ts";
import type { Story } from "./story-schema.ts";

/**
 * The entity's own list of people, as its personnel department would hand it over: one person or bot a line,
 * several addresses, logins and roles separated by semicolons. Logins are those of the code host, Jira and the
 * deployment tool together.
 */
export function rosterCsv(story: Story): string {
  const persons = story.people.persons.map(({ id, name, emails, logins, roles }) => {
    return [id, name, emails.join(";"), [...logins, jiraAccountOf(id)].join(";"), roles.join(";")];
  });
  const bots = story.people.bots.map(({ id, name, email, login, hostAccount }) => {
    return [id, name, email, [login, hostAccount].filter((each) => each !== undefined).join(";"), "bot"];
  });
  const rows = [["id", "name", "emails", "logins", "roles"], ...persons, ...bots];
  return rows.map((cells) => `${cells.map(csvCell).join(",")}\n`).join("");
}
