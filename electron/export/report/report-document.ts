import PDFDocument from "pdfkit";
import { type DocumentFacts, writeMetadata } from "./document-metadata.ts";
import type { Font } from "./fonts/font-reader.ts";
import { encodeSrgbProfile } from "./srgb-profile.ts";

export const pageSize = { width: 595.28, height: 841.89 }; // A4
/** Of the file, that go out together. */
const pieceSize = 1 << 20;

export const margins = { top: 62, bottom: 54, left: 48, right: 48 };

/** A tagged PDF/A-2a whose bytes depend on its content alone: no clock, no random number, no font of the machine. */
export class ReportDocument extends PDFDocument {
  #piece = Buffer.alloc(0);
  #filled = 0;
  readonly #facts: DocumentFacts;

  constructor(facts: DocumentFacts) {
    super({
      size: [pageSize.width, pageSize.height],
      margins,
      pdfVersion: "1.7",
      tagged: true,
      lang: "en-GB",
      displayTitle: true,
      bufferPages: true,
      autoFirstPage: false,
      // No standard font: those are not embedded.
      font: null as unknown as string,
      info: {
        Title: facts.title,
        Author: facts.author,
        Subject: facts.subject,
        Keywords: facts.keywords,
        Producer: facts.producer,
        Creator: facts.producer,
        CreationDate: facts.createdAt,
      },
    });
    this.#facts = facts;
  }

  /**
   * Pages stay open to the end, since each says how many there are. pdfkit (0.20) keeps every operator of one as an array of its own:
   * those of a page that is full are put together, which takes a fraction of the memory and gives the same bytes.
   */
  override addPage(options?: PDFKit.PDFDocumentOptions): this {
    const full: PDFKit.PDFPage | null = this.page;
    if (full !== null) {
      const content = full.content as unknown as { buffer: Uint8Array[] };
      content.buffer = [Buffer.concat(content.buffer)];
    }
    if (this.bufferedPageRange().count % pagesOfWords === 0) this.#forgetWords();
    super.addPage(options);
    return this;
  }

  /**
   * pdfkit (0.20) gives out every line of the file as a piece of its own, hundreds of thousands of them, and nobody takes them before
   * the last page is drawn: as they are they take ten times as much memory as the file.
   */
  override push(bytes: Uint8Array | null): boolean {
    // The first lines come before there is anything of this class.
    if (!(#piece in this)) return super.push(bytes);
    if (bytes === null) {
      this.#pushPiece();
      return super.push(null);
    }
    for (let from = 0; from < bytes.length; ) {
      if (this.#filled === this.#piece.length) this.#pushPiece();
      const taken = bytes.subarray(from, from + this.#piece.length - this.#filled);
      this.#piece.set(taken, this.#filled);
      this.#filled += taken.length;
      from += taken.length;
    }
    return true;
  }

  #pushPiece(): void {
    const piece = this.#piece.subarray(0, this.#filled);
    this.#piece = Buffer.alloc(pieceSize);
    this.#filled = 0;
    if (piece.length > 0) super.push(piece);
  }

  /**
   * The glyph for what is missing is in each font, as the format wants it, and is never drawn; PDF/A wants its letter and its width all the
   * same. pdfkit (0.20) gives it the letter 0, and a width in the font's own units.
   */
  override end(): void {
    countBookmarks(this.#inside.outline);
    for (const { unicode, widths, font, scale } of Object.values(this.#inside._fontFamilies)) {
      unicode[0] = [replacementCharacter];
      widths[0] = font.getGlyph(0).advanceWidth * scale;
    }
    super.end();
  }

  /**
   * Called when all the rest is written. pdfkit (0.20) has PDF/A too: it reads a colour profile from beside its own source, which is not
   * there in the packaged app, and puts the texts into XML as they are.
   */
  override endMetadata(): void {
    const catalog = this.#inside._root.data;
    catalog.Metadata = this.#stream({ Type: "Metadata", Subtype: "XML" }, writeMetadata(this.#facts), false);
    const intent = this.#object({
      ...{ Type: "OutputIntent", S: "GTS_PDFA1" },
      ...{ OutputConditionIdentifier: text("sRGB"), Info: text("sRGB IEC61966-2.1") },
      DestOutputProfile: this.#stream({ N: 3 }, encodeSrgbProfile(), true),
    });
    intent.end();
    catalog.OutputIntents = [intent];
  }

  #stream(dictionary: object, content: string | Uint8Array, isPacked: boolean): object {
    const stream = this.#object(dictionary);
    stream.compress = isPacked;
    stream.end(Buffer.from(content));
    return stream;
  }

  #object(dictionary: object): PdfObject {
    return this.ref(dictionary) as unknown as PdfObject;
  }

  /**
   * pdfkit (0.20) keeps the shapes of every word that it ever set, and most words of a long report are hashes, set once: 22 MiB of 10,000
   * items. Without any of them it takes twice the time.
   */
  #forgetWords(): void {
    for (const font of Object.values(this.#inside._fontFamilies)) font.layoutCache = Object.create(null);
  }

  get #inside(): DocumentInside {
    return this as unknown as DocumentInside;
  }
}

const replacementCharacter = 0xfffd;
/** On which the words of a text come again. */
const pagesOfWords = 16;

/** ISO 32000-1, 12.3.3: how many bookmarks are to be seen, and, as a negative number, how many more when one is opened. pdfkit (0.20) leaves it out. */
function countBookmarks(root: Bookmark): void {
  const countClosed = ({ children, outlineData }: Bookmark): void => {
    if (children.length > 0) outlineData.Count = -children.length;
    children.forEach(countClosed);
  };
  countClosed(root);
  root.outlineData.Count = root.children.length;
}

interface Bookmark {
  readonly children: readonly Bookmark[];
  readonly outlineData: Record<string, unknown>;
}

/** What of pdfkit's document (0.20) its types do not show. */
interface DocumentInside {
  readonly outline: Bookmark;
  readonly _root: { readonly data: Record<string, unknown> };
  readonly _fontFamilies: Readonly<Record<string, EmbeddedFont>>;
}

interface EmbeddedFont {
  readonly font: Font;
  /** Of a font unit, in thousandths of the size of the letters. */
  readonly scale: number;
  /** Of each glyph of the subset. */
  readonly unicode: (readonly number[])[];
  readonly widths: number[];
  /** Word → its glyphs. */
  layoutCache: Record<string, unknown>;
}

interface PdfObject {
  compress: boolean;
  /** @param content of a stream */
  end(content?: Buffer): void;
}

/** pdfkit writes a string object as text, and a string as a name. */
function text(value: string): object {
  return Object(value);
}
