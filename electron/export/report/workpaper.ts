import type { ReportContent } from "../../../shared/model/report.ts";

/** `A` → `01000000`, `C.12` → `03000012`: the name under which a PDF finds the place of a workpaper reference. */
export function destinationOf(ref: string): string {
  // Digits alone: pdfkit sorts names by the machine's language, and a PDF wants them sorted by their bytes.
  const [letter = "", number = ""] = ref.split(".");
  const section = letter.charCodeAt(0) - "A".charCodeAt(0) + 1;
  // `A.0`, what stands before the first item of a section, is another place than the section `A`.
  const place = number === "0" ? "999999" : number.padStart(6, "0");
  return `${String(section).padStart(2, "0")}${place}`;
}

/** `A.1` is the first control of the catalog; null for one that it does not have. */
export function controlRef(content: ReportContent, control: string): string | null {
  const index = content.catalog.controls.findIndex(({ id }) => id === control);
  return index < 0 ? null : `A.${index + 1}`;
}
