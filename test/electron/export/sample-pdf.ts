import PDFDocument from "pdfkit";

/** A small PDF with a link, an outline and fixed dates: the same bytes each time. */
export async function makePdf(title = "Report", pages = 2): Promise<Buffer> {
  const date = new Date("2025-07-15T10:00:00Z");
  const document = new PDFDocument({
    pdfVersion: "1.7",
    info: { Title: title, CreationDate: date },
    compress: false,
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
  });
  document.outline.addItem(title);
  document.text("First page").link(10, 10, 100, 20, "https://example.org");
  for (let page = 1; page < pages; page++) document.addPage().text(`Page ${page + 1}`);
  document.end();
  return ended;
}
