import Markdown, { type Components } from "react-markdown";

/** Links and pictures are told, and lead nowhere: what stands in evidence was written by the systems under audit. */
const harmless: Components = {
  a: ({ children, href }) => (
    <span>
      {children} <code>{href}</code>
    </span>
  ),
  img: ({ alt, src }) => (
    <span>
      {alt} <code>{typeof src === "string" ? src : ""}</code>
    </span>
  ),
};

/** Markdown as React elements: markup in it stays text, and no element of its own making comes through. */
export function MarkdownRecord({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled text must be reachable by keyboard
    <div className="record-markdown" tabIndex={0}>
      <Markdown components={harmless} urlTransform={(address) => address}>
        {text}
      </Markdown>
    </div>
  );
}
