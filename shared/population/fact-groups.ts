/** Facts by a key, each list in order of receipt. */
export function groupBy<T, K>(facts: readonly T[], key: (fact: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const fact of facts) {
    const group = groups.get(key(fact));
    if (group) group.push(fact);
    else groups.set(key(fact), [fact]);
  }
  return groups;
}

/** One fact for each key, the last that was received: a record that was pulled twice is one. */
export function distinct<T>(facts: readonly T[], key: (fact: T) => string): T[] {
  return [...new Map(facts.map((fact) => [key(fact), fact])).values()];
}
