/** Letters, digits and hyphens: what takes the place of a part of an address, a name or an id leaves it one. */
export const replacementOf = (kind: string, number: number) => `redacted-${kind}-${number}`;

export const pseudonymOf = (person: number | string) => `Person ${person}`;

/** @param index of the account among those of the person */
export const accountPseudonymOf = (person: number, index: number) =>
  `person-${person}${index === 0 ? "" : `.${index + 1}`}`;

/** Whether words may stand in a text that took the place of others. Where none can, it is what it was before. */
export function mayHoldReplacement(text: string): boolean {
  return /redacted-|person[ -]\d/i.test(text);
}
