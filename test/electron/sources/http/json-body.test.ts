import { expect, it } from "vitest";
import { parseBody } from "../../../../electron/sources/http/json-body.ts";
import { parseJson } from "../../../../shared/facts/json-evidence.ts";

const url = new URL("http://127.0.0.1/");
const bytesOf = (text: string) => new TextEncoder().encode(text);

it.each([
  ["JSON", bytesOf('{"a":["é"]}')],
  ["JSON between white space", bytesOf(' \n{"a":1}\n ')],
  ["JSON after a byte order mark", bytesOf('\uFEFF{"a":1}')],
  ["JSON after a space that JSON does not know", bytesOf('\u00A0{"a":1}')],
  ["JSON whose text is not UTF-8", Uint8Array.of(...bytesOf('{"a":"'), 0xff, ...bytesOf('"}'))],
])("%s is handed on as parsed only where reading the bytes gives the same", (_name, bytes) => {
  const parsed = parseBody(url, new Headers(), bytes);
  expect("json" in parsed).toBe(true);
  if ("fault" in parsed || parsed.document === undefined) return;
  expect(parseJson({ bytes })).toEqual({ json: parsed.document });
});

it("plain JSON need not be parsed again, and text that is not UTF-8 must be", () => {
  expect(parseBody(url, new Headers(), bytesOf('{"a":1}'))).toEqual({
    json: { a: 1 },
    document: { a: 1 },
    text: '{"a":1}',
  });
  const broken = Uint8Array.of(...bytesOf('{"a":"'), 0xff, ...bytesOf('"}'));
  expect(parseBody(url, new Headers(), broken)).not.toHaveProperty("document");
  expect(parseBody(url, new Headers(), broken)).not.toHaveProperty("text");
  expect(parseBody(url, new Headers(), bytesOf(")]}'\n{}"), ")]}'")).not.toHaveProperty("document");
});
