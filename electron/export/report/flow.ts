import { Typefaces } from "./fonts/typefaces.ts";
import { margins, pageSize, type ReportDocument } from "./report-document.ts";
import { colors, sizes, space, strong, text } from "./style.ts";
import { drawLine, heightOf } from "./text-drawing.ts";
import { type Line, setLines } from "./text-lines.ts";
import { RunCutter, type Span } from "./text-runs.ts";

type StructureElement = PDFKit.PDFStructureElement;

/** Drawing that can be stopped between its pieces; each takes a moment. */
export type Pieces = Generator<void, void>;

/** A heading that the contents and the bookmarks lead to. */
export interface Heading {
  readonly title: string;
  /** Workpaper reference: `B.2`. */
  readonly ref: string;
  /** Named destination. */
  readonly destination: string;
}

interface BlockOptions {
  readonly indent?: number;
  readonly after?: number;
  readonly tag?: string;
}

export const bodyWidth = pageSize.width - margins.left - margins.right;
export const bodyHeight = pageSize.height - margins.top - margins.bottom;
const bottom = pageSize.height - margins.bottom;

/** Sets blocks one below the other and starts a page where one does not fit. Every mark on paper is also in the tag tree. */
export class Flow {
  readonly doc: ReportDocument;
  readonly cutter = new RunCutter(new Typefaces());
  /** Distance of the next block from the top of the page. */
  y: number = margins.top;
  /** Reference of the section that each page begins in, by page. */
  readonly sectionByPage: string[] = [];
  /** Page, from 0, on which a reference stands. */
  readonly pageByRef = new Map<string, number>();
  #section = "";
  readonly #document: StructureElement;
  #parent: StructureElement;
  /** The element that is being drawn, for links to belong to. */
  #current: StructureElement | undefined;
  #bookmark: PDFKit.PDFOutline;

  constructor(doc: ReportDocument) {
    this.doc = doc;
    this.#document = doc.struct("Document");
    doc.addStructure(this.#document);
    this.#parent = this.#document;
    this.#bookmark = doc.outline;
  }

  get page(): number {
    return this.sectionByPage.length;
  }

  /** A new page and the heading of a section on it. */
  startSection(heading: Heading): void {
    this.#section = heading.ref;
    this.#parent = this.doc.struct("Sect");
    this.#document.add(this.#parent);
    this.startPage();
    this.#bookmark = this.doc.outline;
    this.#bookmark = this.#addBookmark(heading);
    this.#arriveAt(heading);
    this.#headingLine(heading, "H1", sizes.section);
    this.doc.moveTo(margins.left, this.y).lineTo(pageSize.width - margins.right, this.y);
    this.artifact(() => this.doc.lineWidth(0.8).strokeColor(colors.strongRule).stroke());
    this.y += 10;
  }

  /** A heading within a section. `room` is what must fit below it on the same page. */
  startBlock(heading: Heading, room = 60): void {
    this.need(room + 22);
    if (this.y > margins.top) this.y += 8;
    this.#addBookmark(heading);
    this.#arriveAt(heading);
    this.#headingLine(heading, "H2", sizes.block);
    this.y += 3;
  }

  /** A heading that no list of contents names. */
  subheading(title: string, room = 40): void {
    this.need(room + 16);
    if (this.y > margins.top) this.y += 5;
    this.paragraph([strong(title)], { tag: "H3", after: 2 });
  }

  paragraph(spans: readonly Span[], options: BlockOptions = {}): void {
    const indent = options.indent ?? 0;
    const lines = setLines(this.cutter, spans, bodyWidth - indent);
    this.lines(lines, margins.left + indent, options.tag ?? "P");
    this.y += options.after ?? 4;
  }

  /** Lines that may be parted by the end of a page. */
  lines(lines: readonly Line[], x: number, tag: string): void {
    this.tag(tag, () => {
      for (const line of lines) {
        const height = heightOf(line);
        if (this.y + height > bottom) this.#continueOnNextPage();
        this.line(line, x, this.y);
        this.y += height;
      }
    });
  }

  need(height: number): void {
    if (this.y + Math.min(height, bodyHeight) > bottom) this.startPage();
  }

  startPage(): void {
    this.doc.addPage();
    this.#arrivedOnPage();
  }

  /** A picture of a height, with what it shows in words for who cannot see it. `draw` gets the top of it. */
  figure(height: number, alt: string, draw: (top: number) => void, after = 8): void {
    this.need(height);
    const top = this.y;
    this.tag("Figure", () => draw(top), { alt });
    this.y = top + height + after;
  }

  /** Draws what `draw` draws as a new element of the tag tree under the current parent. */
  tag(type: string, draw: () => void, options: { readonly alt?: string } = {}): void {
    const element: StructureElement = this.doc.struct(type, options, [
      () => {
        this.#current = element;
        draw();
        this.#current = undefined;
      },
    ]);
    this.#parent.add(element);
  }

  /** Elements added inside become children of one of this type. */
  group(type: string, draw: () => void): void {
    const leave = this.#enter(type);
    draw();
    leave();
  }

  /** The same of what is drawn in pieces. */
  *groupInPieces(type: string, draw: () => Pieces): Pieces {
    const leave = this.#enter(type);
    yield* draw();
    leave();
  }

  /** What is no content: rules, grounds, running heads. */
  artifact(draw: () => void, type: "Pagination" | "Layout" = "Layout"): void {
    this.doc.markContent("Artifact", { type });
    draw();
    this.doc.endMarkedContent();
  }

  /** Draws a line at a place of the caller's choice, inside `tag`. */
  line(line: Line, x: number, y: number): void {
    drawLine(this.doc, line, x, y, this.#current);
  }

  end(): void {
    this.#document.end();
  }

  /** @returns ends it */
  #enter(type: string): () => void {
    const outer = this.#parent;
    const element = this.doc.struct(type);
    this.#parent = element;
    outer.add(element);
    return () => {
      element.end();
      this.#parent = outer;
    };
  }

  #headingLine({ title, ref }: Heading, tag: string, size: number): void {
    const spans = [text(ref, { size, color: colors.accent }), space({ size, text: "   " }), strong(title, { size })];
    this.lines(setLines(this.cutter, spans, bodyWidth), margins.left, tag);
    this.y += 3;
  }

  #arriveAt({ destination, ref }: Heading): void {
    this.pageByRef.set(ref, this.page - 1);
    this.doc.addNamedDestination(destination, "XYZ", 0, Math.max(0, this.y - 12), null);
  }

  #addBookmark({ ref, title }: Heading): PDFKit.PDFOutline {
    // pdfkit counts `left` from the right edge.
    const place = { left: pageSize.width, top: Math.max(0, this.y - 12), expanded: false };
    return this.#bookmark.addItem(`${ref}  ${title}`, place);
  }

  #continueOnNextPage(): void {
    (this.doc as unknown as { continueOnNewPage(): void }).continueOnNewPage();
    this.#arrivedOnPage();
  }

  #arrivedOnPage(): void {
    this.sectionByPage.push(this.#section);
    this.y = margins.top;
  }
}
