import { SaxesParser, type SaxesTagNS } from "saxes";
import type { EvidenceInput } from "./evidence-input.ts";
import type { Unreadable } from "./json-evidence.ts";
import { textOf } from "./line-evidence.ts";

/** An element of an XML document. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** URI; empty when there is none. */
  readonly namespace: string;
  /** By name without prefix; of two that differ in the prefix alone, the one without. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text and CDATA, that of its children left out. */
  readonly text: string;
  /** Where it begins, as facts name it: `line 12`. */
  readonly place: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const deepest = 256;
const mostElements = 5_000_000;

/**
 * The whole record as XML. A document with a document type or with entities of its own is refused: entities can make a
 * small file a huge one and can point outside of it (CWE-611, CWE-776).
 */
export function parseXml(input: EvidenceInput): { readonly root: XmlElement } | Unreadable {
  const document = textOf(input);
  if ("reason" in document) return document;
  try {
    return { root: readDocument(document.text, input.reading?.firstLine ?? 1) };
  } catch (problem) {
    return { reason: `not XML that is read: ${problem instanceof Error ? problem.message : "not XML"}` };
  }
}

/** Children of that name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first child of that name, trimmed; empty when there is none. */
export function childText(element: XmlElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text.trim() ?? "";
}

function readDocument(text: string, firstLine: number): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  let line = firstLine;
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("it has a document type (DOCTYPE), which is not read");
  });
  parser.on("opentagstart", () => {
    line = firstLine - 1 + parser.line;
  });
  parser.on("opentag", (tag) => {
    count += 1;
    if (open.length >= deepest) throw new Error(`its elements are nested more than ${deepest} deep`);
    if (count > mostElements) throw new Error(`it has more than ${mostElements} elements`);
    const element = elementOf(tag, line);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element) element.text += part;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  if (!root) throw new Error("it has no element");
  return root;
}

function elementOf(tag: SaxesTagNS, line: number): OpenElement {
  const attributes = new Map<string, string>();
  for (const { local, prefix, value } of Object.values(tag.attributes)) {
    if (prefix === "" || !attributes.has(local)) attributes.set(local, value);
  }
  return { name: tag.local, namespace: tag.uri, attributes, children: [], text: "", place: `line ${line}` };
}
