import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { viewerPage } from "../../../../electron/export/viewer/viewer-page.ts";
import { documentBounds } from "../../../../shared/bundle/document-bounds.ts";
import { hostileContent } from "../report/hostile-content.ts";
import { inventContent } from "../report/report-content.ts";

const pageOf = (...content: Parameters<typeof viewerPage>) => [...viewerPage(...content)].join("");
const pageFolder = new URL("../../../../electron/export/viewer/page/", import.meta.url);

function partOf(html: string, open: RegExp, close: string): string {
  const start = open.exec(html);
  if (!start) throw new Error(`no ${open}`);
  const from = start.index + start[0].length;
  return html.slice(from, html.indexOf(close, from));
}

const scriptOf = (html: string) => partOf(html, /<script type="module">/, "</script>");
const dataOf = (html: string) => partOf(html, /<script type="application\/json" id="data">/, "</script>");

function sourceOf(inline: string): string {
  return `'sha256-${createHash("sha256").update(inline).digest("base64")}'`;
}

describe("the page of the bundle", () => {
  const html = pageOf(inventContent());

  test("allows exactly its own script and style, and nothing from anywhere", () => {
    const style = partOf(html, /<style>/, "</style>");
    expect(partOf(html, /<meta http-equiv="Content-Security-Policy" content="/, '"')).toBe(
      `default-src 'none'; style-src ${sourceOf(style)}; script-src ${sourceOf(scriptOf(html))}; base-uri 'none'; form-action 'none'`,
    );
    // The policy must stand before all that it is to hold.
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
  });

  test("has one script of all its modules, without imports that no browser could follow from disk", () => {
    const script = scriptOf(html);
    expect(() => new Script(`"use strict";${script}`)).not.toThrow();
    expect(script).not.toMatch(/^\s*(import|export)\b/m);
    for (const name of readdirSync(pageFolder).filter((file) => file.endsWith(".js"))) {
      const functions = readFileSync(new URL(name, pageFolder), "utf8").matchAll(/^export (?:async )?function (\w+)/gm);
      for (const [, exported] of functions) expect(script).toContain(`function ${exported}(`);
    }
  });

  test("makes no markup from text", () => {
    expect(scriptOf(html)).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\b|new Function/,
    );
  });

  test("carries its data whole", () => {
    expect(JSON.parse(dataOf(html))).toMatchObject(JSON.parse(JSON.stringify(inventContent())));
  });

  test("is the same, byte for byte, for the same content", () => {
    expect(pageOf(inventContent())).toBe(html);
  });

  test("carries only the records that its items rest on", () => {
    const content = inventContent({ changes: 2, deployments: 0 });
    const more = inventContent({ changes: 5, deployments: 0 }).evidence;
    const data = JSON.parse(dataOf(pageOf({ ...content, evidence: more })));
    expect(data.evidence).toEqual(JSON.parse(JSON.stringify(content.evidence)));
  });

  test("of a large sample holds items that deviate, each with all its results, and counts what it leaves out", () => {
    const content = inventContent({ changes: 30, deployments: 10 });
    const data = JSON.parse(dataOf(pageOf(content, { ...documentBounds, pageItems: 8, pageResults: 60 })));
    const kept: Set<string> = new Set([...data.items.change, ...data.items.deployment].map(({ id }) => id));
    const own = [...content.results].filter(({ item }) => kept.has(item));
    expect(kept.size).toBeGreaterThan(1);
    expect(data.results).toEqual(JSON.parse(JSON.stringify(own)));
    expect(data.results.length).toBeLessThanOrEqual(60);
    for (const id of kept)
      expect(own.some(({ item, outcome }) => item === id && /fail|no-ev/.test(outcome))).toBe(true);
    expect(data.leftOut.results).toBe(content.results.length - own.length);
    expect(data.matrices[0].rows).toHaveLength(30);
  });
});

describe("the page on evidence that was written to deceive", () => {
  const html = pageOf(hostileContent());

  test("holds no text that ends the element it stands in", () => {
    expect(dataOf(html)).not.toContain("<");
    expect(JSON.parse(dataOf(html)).items.change[4].title).toContain("</script><!--<script>");
    expect(html.match(/<script/g)).toHaveLength(2);
  });

  test("does not let the entity's name into its markup", () => {
    expect(html.replace(dataOf(html), "")).not.toContain("Smith");
  });
});
