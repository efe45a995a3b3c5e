/** What a PDF says about itself. */
export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly keywords: string;
  readonly producer: string;
  readonly createdAt: Date;
}

/**
 * The facts in XMP (ISO 16684-1), and that the file is PDF/A-2a (ISO 19005-2, 6.6.4). Properties are those that the document information
 * dictionary has, with the same values.
 */
export function writeMetadata({ title, author, subject, keywords, producer, createdAt }: DocumentFacts): string {
  const described = [
    `<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>`,
    `<dc:format>application/pdf</dc:format>`,
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>`,
    `<dc:creator><rdf:Seq><rdf:li>${escapeXml(author)}</rdf:li></rdf:Seq></dc:creator>`,
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(subject)}</rdf:li></rdf:Alt></dc:description>`,
    `<pdf:Keywords>${escapeXml(keywords)}</pdf:Keywords>`,
    `<pdf:Producer>${escapeXml(producer)}</pdf:Producer>`,
    `<xmp:CreatorTool>${escapeXml(producer)}</xmp:CreatorTool>`,
    // To the second, as the dictionary has it.
    `<xmp:CreateDate>${createdAt.toISOString().slice(0, 19)}Z</xmp:CreateDate>`,
  ];
  const namespaces = Object.entries({
    pdfaid: "http://www.aiim.org/pdfa/ns/id/",
    dc: "http://purl.org/dc/elements/1.1/",
    pdf: "http://ns.adobe.com/pdf/1.3/",
    xmp: "http://ns.adobe.com/xap/1.0/",
  }).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`);
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" ${namespaces.join(" ")}>
${described.join("\n")}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
