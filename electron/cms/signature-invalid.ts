/** Why a signature or a timestamp does not hold: a finding, not a fault. The message continues "The signature …". */
export class SignatureInvalid extends Error {
  readonly expected: string | undefined;
  readonly found: string | undefined;

  constructor(message: string, values: { expected?: string | undefined; found?: string | undefined } = {}) {
    super(message);
    this.expected = values.expected;
    this.found = values.found;
  }
}
