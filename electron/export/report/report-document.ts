import PDFDocument from "pdfkit";

/** What a PDF says about itself. */
export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly keywords: string;
  readonly producer: string;
  readonly createdAt: Date;
}

export const pageSize = { width: 595.28, height: 841.89 }; // A4
/** Of the file, that go out together. */
const pieceSize = 1 << 20;

export const margins = { top: 62, bottom: 54, left: 48, right: 48 };

/** A tagged PDF 1.7 whose bytes depend on its content alone: no clock, no random number, no font of the machine. */
export class ReportDocument extends PDFDocument {
  #piece = Buffer.alloc(0);
  #filled = 0;

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

  /** pdfkit (0.20) writes these texts into XML as they are; called after it has written them elsewhere. */
  override endMetadata(): void {
    const escaped = Object.entries(this.info).map(([key, value]) => {
      return [key, typeof value === "string" ? escapeXml(value) : value];
    });
    this.info = Object.fromEntries(escaped);
    super.endMetadata();
  }
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
