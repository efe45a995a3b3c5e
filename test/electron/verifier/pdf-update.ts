/** An incremental update that replaces the document's information, as any editor could append it. */
export function appendUpdate(pdf: Buffer): Buffer {
  const text = pdf.toString("latin1");
  const [info, number] = /\/Info (\d+) 0 R/.exec(text) ?? [];
  const [, root] = /\/Root (\d+ 0 R)/.exec(text) ?? [];
  const previous = text.slice(text.lastIndexOf("startxref")).split("\n")[1];
  const table = pdf.length + `${number} 0 obj\n<< /Title (Changed) >>\nendobj\n`.length;
  const offset = String(pdf.length).padStart(10, "0");
  const update =
    `${number} 0 obj\n<< /Title (Changed) >>\nendobj\nxref\n${number} 1\n${offset} 00000 n \n` +
    `trailer\n<< /Size 100 /Root ${root} ${info} /Prev ${previous} >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(update, "latin1")]);
}
