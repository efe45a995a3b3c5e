/** Lists of people. */
export const peopleFormats = [
  "roster.csv", // whole file: name, e-mail addresses, logins, roles
] as const;
