import { Role } from "../../model/person.ts";
import type { Source } from "../../model/source.ts";

/**
 * Roles that a directory's groups stand for: by the source's mapping, and by name where a group is called like a role.
 * @param groups names, or distinguished names (`cn=developers,ou=groups,…`)
 */
export function rolesOf(groups: readonly string[], source: Source): string[] {
  const mapping = "groupRoles" in source ? (source.groupRoles ?? {}) : {};
  const byGroup = new Map(Object.entries(mapping).map(([group, role]) => [group.toLowerCase(), role]));
  const roles = groups.flatMap((group) => {
    const names = [group, /^cn=([^,]+)/i.exec(group)?.[1] ?? ""].map((name) => name.trim().toLowerCase());
    const mapped = names.flatMap((name) => byGroup.get(name) ?? []);
    return mapped.length > 0 ? mapped : names.filter((name) => Role.safeParse(name).success);
  });
  return [...new Set(roles)];
}
