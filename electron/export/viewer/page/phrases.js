/** `2025-03-04 14:05 UTC`; an empty instant is a dash. */
export function formatInstant(instant) {
  return instant ? `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC` : "–";
}

/** `12,345`. */
export function formatCount(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `changes`, `access events`. */
export function nounsOf({ words }, population) {
  return words[population].many;
}

export function countOf(count, [one, many]) {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A person as an item shows it: known, a bot, or an account that nobody vouches for. */
export function describePerson(person) {
  const name = person.name || person.account || "nobody named";
  if (person.bot) return `${name} (bot)`;
  return person.known ? name : `${name} (nobody vouches for who this is)`;
}

export function shortId(id) {
  return id.replace(/[0-9a-f]{40,64}/g, (hash) => hash.slice(0, 12));
}
