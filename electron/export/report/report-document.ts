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
export const margins = { top: 62, bottom: 54, left: 48, right: 48 };

/** A tagged PDF 1.7 whose bytes depend on its content alone: no clock, no random number, no font of the machine. */
export class ReportDocument extends PDFDocument {
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
