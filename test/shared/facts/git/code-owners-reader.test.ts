import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { Source } from "../../../../shared/model/source.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source = Source.parse({ id: "code", kind: "git", repository: "shop", location: "x", releaseBranch: "main" });

function read(text: string) {
  const found = readEvidence(record("git.code-owners", text, "CODEOWNERS"), source);
  const lines = checkedFacts(found).flatMap((fact) =>
    fact.kind === "code-owners" ? [`${fact.line} ${fact.pattern}: ${fact.owners.join(" ")}`] : [],
  );
  return { lines, reasons: reasonsOf(found) };
}

it("each line gives owners to a pattern; comments and escaped spaces are read as GitHub reads them", () => {
  const text = "# owners\n* @acme/all  # everybody\ndocs/a\\ b.md bo@example.org\n/vendor/\n\\#odd @ada\n";
  expect(read(text).lines).toEqual(["2 *: @acme/all", "3 docs/a b.md: bo@example.org", "4 /vendor/: ", "5 #odd: @ada"]);
});

it("a section of GitLab gives its owners to lines that name none, and a line's own owners go before them", () => {
  const text = "README.md @ada\n[Documentation][2] @docs @bo\n*.md\n/api/ @api\n^[Optional]\n*.txt\n";
  expect(read(text).lines).toEqual(["1 README.md: @ada", "3 *.md: @docs @bo", "4 /api/: @api", "6 *.txt: "]);
});

it("an owner that is none is listed as unread", () => {
  expect(read("*.md ada\n")).toEqual({ lines: [], reasons: ['line 1: "ada" is neither @login, @team nor an address'] });
});
