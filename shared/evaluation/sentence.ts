/** A sentence of the catalog cut into words and CEL texts in braces. `{{` and `}}` stand for a brace. */
export type SentencePart = { readonly words: string } | { readonly expression: string; readonly offset: number };

/** @returns parts, or the offset of a brace without its partner */
export function splitSentence(sentence: string): SentencePart[] | { readonly unmatched: number } {
  const parts: SentencePart[] = [];
  let words = "";
  for (let i = 0; i < sentence.length; i += 1) {
    const char = sentence[i];
    if ((char === "{" || char === "}") && sentence[i + 1] === char) {
      words += char;
      i += 1;
    } else if (char === "{") {
      const end = sentence.indexOf("}", i);
      if (end === -1) return { unmatched: i };
      if (words) parts.push({ words });
      words = "";
      parts.push({ expression: sentence.slice(i + 1, end), offset: i + 1 });
      i = end;
    } else if (char === "}") {
      return { unmatched: i };
    } else {
      words += char;
    }
  }
  if (words) parts.push({ words });
  return parts;
}
