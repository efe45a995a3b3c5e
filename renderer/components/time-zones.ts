/** Names of all time zones that this program knows, UTC first. */
export function listTimeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")];
}
