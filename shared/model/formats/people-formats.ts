/** Lists of people. */
export const peopleFormats = [
  "roster.csv", // whole file: name, e-mail addresses, logins, roles, and when somebody joined and left
  "scim.users", // SCIM 2.0 (RFC 7644) ListResponse of users
  "ldap.ldif", // whole entries of an LDIF file (RFC 2849)
] as const;
