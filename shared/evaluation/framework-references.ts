import { type CatalogText, invalidCatalog } from "./catalog-text.ts";
import { knownFrameworks } from "./frameworks/known-frameworks.ts";

/**
 * Every reference of a control names a requirement that exists: an invented one would let a report claim a coverage that
 * nobody asks for.
 *
 * @throws catalog-invalid with line and column
 */
export function checkReferences(source: CatalogText): void {
  const declared = source.catalog.frameworks;
  for (const [index, control] of source.catalog.controls.entries()) {
    for (const [framework, references] of Object.entries(control.frameworks)) {
      const identifiers = Object.hasOwn(declared, framework)
        ? new Set(declared[framework])
        : knownFrameworks.get(framework);
      const place = ["controls", index, "frameworks", framework];
      if (!identifiers) {
        const known = [...knownFrameworks.keys(), ...Object.keys(declared)].join(", ");
        throw invalidCatalog(
          `${control.id}: the framework "${framework}" is not known; declare its identifiers under \`frameworks\`, or use one of ${known}`,
          source.placeOf(place),
        );
      }
      const invented = references.findIndex((reference) => !identifiers.has(reference));
      if (invented === -1) continue;
      throw invalidCatalog(
        `${control.id}: ${framework} has no "${references[invented]}"`,
        source.placeOf([...place, invented]),
      );
    }
  }
}
