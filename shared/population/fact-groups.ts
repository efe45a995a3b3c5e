/** One fact for each key, the last that was received: a record that was pulled twice is one. */
export function distinct<T>(facts: readonly T[], key: (fact: T) => string): T[] {
  return [...new Map(facts.map((fact) => [key(fact), fact])).values()];
}
