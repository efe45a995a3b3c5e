import { z } from "zod";
import { TickmarkError } from "../errors.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import { isReserved } from "./container-names.ts";
import { FileTable, type ManifestFiles } from "./file-table.ts";
import {
  checkFile,
  checkHead,
  comparePaths,
  formatVersion,
  invalidManifest,
  listBegins,
  type ManifestFile,
  type ManifestHead,
} from "./manifest.ts";
import { foldPath, PartPathGuard, repeatedPath } from "./part-path.ts";

/** A manifest as verification reads it. */
export interface ReadManifest extends ManifestHead {
  readonly files: ManifestFiles;
}

/** Characters: of everything in front of the list and behind it, and of one file in it. What is longer is no manifest. */
const longest = { around: 1 << 20, file: 1 << 16 };

/**
 * Reads `manifest.json`, which may list a million files, as its text arrives. Only its canonical spelling is accepted, so that no
 * two readers can see two manifests in one text (a key given twice, for instance).
 */
export class ManifestReader {
  readonly #pathOf: (path: string) => string;
  readonly #files = new FileCheck();
  readonly #element = new ElementCutter();
  /** Everything but the files. */
  readonly #around = new BoundedText(longest.around);
  #place: "before" | "within" | "behind" = "before";

  /** @param pathOf gives the same path, where somebody holds it already */
  constructor(pathOf: (path: string) => string = (path) => path) {
    this.#pathOf = pathOf;
  }

  /** Faults are kept until the end: only there stands which version it is. */
  push(text: string): void {
    let rest = text;
    if (this.#place === "before") rest = this.#passHead(rest);
    if (this.#place === "within") rest = this.#passFiles(rest);
    this.#around.append(rest);
  }

  /** @throws TickmarkError `bundle-format-newer`, `bundle-path-invalid` or `bundle-part-invalid` */
  finish(): ReadManifest {
    if (this.#around.isTooLong || this.#element.isTooLong)
      throw invalidManifest("is no list of files: something in it is too long");
    const { text } = this.#around;
    const value = parseJson(text);
    this.#files.throwUnread();
    checkVersion(value);
    const isListed = this.#place === "behind" && isObject(value);
    const head = checkHead(isListed ? { ...value, files: [] } : value);
    const files = this.#files.finish();
    if (encodeCanonical({ ...head, files: [] }) !== text) throw notCanonical();
    return { ...head, files };
  }

  /** @returns what stands behind the beginning of the list */
  #passHead(text: string): string {
    const begun = this.#around.take() + text;
    const at = begun.indexOf(listBegins);
    if (at < 0) return begun;
    this.#place = "within";
    this.#around.append(begun.slice(0, at + listBegins.length));
    return begun.slice(at + listBegins.length);
  }

  /** @returns what stands behind the files */
  #passFiles(text: string): string {
    for (let from = 0; ; ) {
      const cut = this.#element.push(text, from);
      if (cut === null) return "";
      from = cut.next;
      const isEmptyList = cut.isLast && cut.text === "" && this.#files.count === 0;
      if (!isEmptyList) this.#files.add(cut.text, this.#pathOf);
      if (!cut.isLast) continue;
      this.#place = "behind";
      return text.slice(from - 1);
    }
  }
}

/**
 * Reads a manifest that is there as a text.
 *
 * @throws TickmarkError as `ManifestReader`
 */
export function parseManifest(text: string): ReadManifest {
  const reader = new ManifestReader();
  reader.push(text);
  return reader.finish();
}

const [quote, backslash, comma, opening, closing, openingBrace, closingBrace] = [
  0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d,
];

/** Cuts the elements of a list out of JSON that comes in pieces: each ends at a comma, or at the list's end, outside of everything. */
class ElementCutter {
  readonly #begun = new BoundedText(longest.file);
  #depth = 0;
  #isInText = false;
  #isEscaped = false;

  get isTooLong(): boolean {
    return this.#begun.isTooLong;
  }

  /** @returns the next element that ends in the text, and where it goes on; null where none does */
  push(text: string, from: number): { readonly text: string; readonly next: number; readonly isLast: boolean } | null {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#isInText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === backslash) this.#isEscaped = true;
        else if (code === quote) this.#isInText = false;
      } else if (code === quote) this.#isInText = true;
      else if (code === openingBrace || code === opening) this.#depth += 1;
      else if (this.#depth > 0) {
        if (code === closingBrace || code === closing) this.#depth -= 1;
      } else if (code === comma || code === closing) {
        this.#begun.append(text.slice(from, at));
        return { text: this.#begun.take(), next: at + 1, isLast: code === closing };
      }
    }
    this.#begun.append(text.slice(from));
    return null;
  }
}

/** Text that is gathered up to a length. What is longer is let go, and makes the whole invalid. */
class BoundedText {
  isTooLong = false;
  #text = "";
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get text(): string {
    return this.#text;
  }

  append(more: string): void {
    if (this.#text.length + more.length > this.#most) this.isTooLong = true;
    if (!this.isTooLong) this.#text += more;
  }

  take(): string {
    const taken = this.#text;
    this.#text = "";
    return taken;
  }
}

type FaultKind = "unread" | "misshapen" | "unfit" | "respelt";

/** The files of a list, checked one by one. The first fault of each kind is kept, and the gravest of them told. */
class FileCheck {
  count = 0;
  readonly #table = new FileTable();
  readonly #guard = new PartPathGuard();
  #previous: string | null = null;
  readonly #faults: Record<FaultKind, unknown> = {
    unread: null,
    misshapen: null,
    unfit: null,
    respelt: null,
  };

  add(text: string, pathOf: (path: string) => string): void {
    const place = this.count;
    this.count += 1;
    const value = this.#keep("unread", () => parseJson(text));
    const file = value === null ? null : this.#keep("misshapen", () => checkFile(value, place));
    if (file === null || this.#faults.misshapen !== null) return;
    this.#keep("unfit", () => this.#checkPlace(file));
    this.#keep("respelt", () => {
      if (encodeCanonical(file) !== text) throw notCanonical();
    });
    // With a fault nothing is made of the list.
    if (this.#isFaultless()) this.#table.add(file, pathOf(file.path));
  }

  /** @throws where something in the list is no JSON */
  throwUnread(): void {
    if (this.#faults.unread !== null) throw this.#faults.unread;
  }

  finish(): ManifestFiles {
    const { misshapen, unfit, respelt } = this.#faults;
    const fault = misshapen ?? unfit ?? respelt;
    if (fault !== null) throw fault;
    for (const { path } of this.#table) this.#guard.confirm(path);
    return this.#table;
  }

  #checkPlace({ path }: ManifestFile): void {
    const previous = this.#previous;
    this.#previous = path;
    if (previous === path) throw repeatedPath(path);
    this.#guard.add(path);
    if (isReserved(foldPath(path)))
      throw invalidManifest(`lists "${path}", a name that the container keeps for itself`);
    if (previous !== null && comparePaths(previous, path) > 0) throw invalidManifest(`is not sorted at "${path}"`);
  }

  #isFaultless(): boolean {
    return Object.values(this.#faults).every((fault) => fault === null);
  }

  #keep<Made>(kind: FaultKind, make: () => Made): Made | null {
    if (this.#faults[kind] !== null) return null;
    try {
      return make();
    } catch (error) {
      this.#faults[kind] = error;
      return null;
    }
  }
}

function checkVersion(value: unknown): void {
  const version = z.looseObject({ format: z.literal("tickmark-bundle"), formatVersion: z.int() }).safeParse(value);
  if (!version.success || version.data.formatVersion <= formatVersion) return;
  throw new TickmarkError(
    "bundle-format-newer",
    `The bundle has format version ${version.data.formatVersion}; this program reads versions up to ${formatVersion}.`,
    "Verify it with a newer Tickmark, or with the commands in its VERIFY.md.",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidManifest("is not JSON", cause);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function notCanonical(): TickmarkError {
  return invalidManifest("is not written in canonical JSON (RFC 8785)");
}
