import { Source, type SourceKind } from "../../../shared/model/source.ts";
import type { Problems } from "../../components/use-form.ts";
/**
 * Values of a form, all as typed. A secret's field holds `keychain:NAME`, `environment:NAME` or `file:/path`: a place,
 * never a secret.
 */
export type SourceValues = Readonly<Record<string, string>>;
export declare function initialValues(kind: SourceKind): Record<string, string>;
export type SourceReading =
  | {
      readonly ok: true;
      readonly source: Source;
    }
  | {
      readonly ok: false;
      readonly problems: Problems<string>;
    };
/** Reads a form as a Source, or says what is wrong field by field. */
export declare function readSource(kind: SourceKind, values: SourceValues): SourceReading;
