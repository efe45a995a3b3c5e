import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../../../../shared/bundle/redaction/redactor.ts";
import { mayHoldReplacement } from "../../../../shared/bundle/redaction/replacement-words.ts";
import type { People } from "../../../../shared/model/person.ts";
import { RedactionRules } from "../../../../shared/model/redaction-rules.ts";

const account = (system: "git" | "github", name: string) => ({ system, name, reason: "", evidence: [] });
const people: People = {
  roster: true,
  persons: [
    {
      id: "ada",
      name: "Ada Osei",
      accounts: [account("git", "ada@corp.test"), account("github", "ada-o")],
      roles: [],
      bot: false,
    },
    { id: "mara", name: "Mara Novák", accounts: [account("git", "mara@corp.test")], roles: [], bot: false },
    { id: "bot", name: "deploy-bot", accounts: [account("github", "deploy-bot")], roles: [], bot: true },
  ],
};

const letters = (length: number) => "aB3dE6gH9jK2mN5p".repeat(Math.ceil(length / 16)).slice(0, length);
/** Put together here, so that no scanner takes this file for a leak. */
const secrets: readonly (readonly [kind: string, before: string, secret: string])[] = [
  ["private-key", "", `-----BEGIN RSA ${"PRIVATE"} KEY-----\n${letters(300)}\n-----END RSA ${"PRIVATE"} KEY-----`],
  ["private-key", "", `-----BEGIN ${"PRIVATE"} KEY-----\\n${letters(300)}\\n-----END ${"PRIVATE"} KEY-----`],
  ["github-token", "token ", `gh${"p_"}${letters(36)}`],
  ["gitlab-token", "", `gl${"pat-"}${letters(20)}`],
  ["aws-access-key", "key ", `AK${"IA"}ABCDEFGHIJKLMNOP`],
  ["aws-secret-key", "aws_secret_access_key = ", letters(40)],
  ["slack-token", "", `xo${"xb-"}1234567890-abcdef`],
  ["json-web-token", "", `ey${"J"}${letters(12)}.ey${"J"}${letters(12)}.${letters(30)}`],
  ["password-in-address", "postgres://ledger:", "hunter2-and-more"],
  ["authorization-header", '{"Authorization": "Bearer ', letters(24)],
  ["password", "export DB_PASSWORD=", "hunter2-and-more"],
  ["password", '{"password": "', "hunter2-and-more"],
  ["password", String.raw`{\"client_secret\":\"`, "hunter2-and-more"],
];

const complete = createRedactor(null, people);
const outsiders = createRedactor(
  RedactionRules.parse({
    texts: { project: ["Project Blue"] },
    patterns: [{ kind: "customer", pattern: "KD-\\d{6}" }],
  }),
  people,
);

describe("secrets in text", () => {
  test.each(secrets)("are replaced and told by kind: %s", (kind, before, secret) => {
    const { text, replaced } = createRedactor(null, people).redactText(
      `first\n${before}${secret}${kind === "password-in-address" ? "@host" : '"'} rest`,
    );
    expect(text).not.toContain(secret);
    expect(text).toContain(`${before}redacted-${kind}-1`);
    expect(text).toMatch(/^first\n[\s\S]*1(@host|") rest$/);
    expect(replaced).toEqual([{ kind, count: 1, places: ["line 2"] }]);
  });

  test.each([
    '{"password_authentication": true, "password": null}',
    "password=$" + "{DB_PASSWORD}",
    "password: ********",
    "The password policy was reviewed, see token bucket limits.",
    "commit 9c1f0a2b7d31aa0e9c1f0a2b7d31aa0e9c1f0a2b",
    "https://host.test/path:port@x",
  ])("are not seen where there are none: %s", (text) => {
    expect(complete.redactText(text)).toEqual({ text, replaced: [] });
  });

  test("that are the same are replaced by the same words, in text and in values", () => {
    const redactor = createRedactor(null, people);
    const secret = secrets[2]?.[2] ?? "";
    const first = redactor.redactText(secret).text;
    expect(redactor.redactText(`other gh${"p_"}${letters(40)}`).text).not.toContain(first);
    expect(redactor.redactValue({ title: [`see ${secret}`], count: 3 })).toEqual({
      value: { title: [`see ${first}`], count: 3 },
      replaced: [{ kind: "github-token", count: 1, places: ["/title/0"] }],
    });
  });

  test("leave a value as it is where there is none", () => {
    const value = { a: ["b", 1, null] };
    expect(complete.redactValue(value).value).toBe(value);
  });

  test("do not stick out behind what begins before them", () => {
    const secret = `gh${"p_"}${letters(36)}`;
    const redactor = createRedactor(RedactionRules.parse({ texts: { start: [`see ${secret.slice(0, 8)}`] } }), people);
    expect(redactor.redactText(`see ${secret} there`).text).toBe("redacted-start-1 there");
  });
});

describe("an edition for outsiders", () => {
  test("names each person by the same pseudonym, however they are written", () => {
    const text = [
      "author Ada Osei <ada@corp.test> 1735689600 +0100",
      "committer A. Osei <ADA@corp.test> 1735689600 +0100",
      "Reviewed-by: M. N. <mara@corp.test>",
      '{"login":"ada-o","name":"Mara Nov\\u00e1k"} of ada-oxide',
      "from stranger@elsewhere.test and stranger@elsewhere.test, ada%40corp.test",
    ].join("\n");
    expect(outsiders.redactText(text).text.split("\n")).toEqual([
      "author Person 1 <person-1@redacted.invalid> 1735689600 +0100",
      "committer Person 1 <person-1@redacted.invalid> 1735689600 +0100",
      "Reviewed-by: Person 2 <person-2@redacted.invalid>",
      '{"login":"person-1.2","name":"Person 2"} of ada-oxide',
      "from person-4@redacted.invalid and person-4@redacted.invalid, person-1@redacted.invalid",
    ]);
  });

  test("takes the name that a host signs with for nobody's, and leaves the words that statements are read by", () => {
    const rules = RedactionRules.parse({});
    expect(
      createRedactor(rules, people).redactText("committer GitHub <noreply@github.com> 1735689600 +0000\nSee GitHub.")
        .text,
    ).toBe("committer GitHub <person-4@redacted.invalid> 1735689600 +0000\nSee GitHub.");
    const reviewer = { id: "cr", name: "Change Review", accounts: [], roles: [], bot: false };
    const named = { roster: true, persons: [reviewer] };
    const redactor = createRedactor(rules, named, [], new Set(["change review"]));
    expect(redactor.redactValue({ kind: "change review", by: "Change Review", text: "a change review" }).value).toEqual(
      {
        ...{ kind: "change review", by: "Person 1", text: "a Person 1" },
      },
    );
  });

  test("keeps bots, of which rules ask", () => {
    expect(outsiders.redactText("merged by deploy-bot").text).toBe("merged by deploy-bot");
  });

  test("leaves out the texts and patterns of its rules, and says which kinds", () => {
    const { text, replaced } = outsiders.redactText("project blue for KD-123456 and KD-654321");
    expect(text).toBe("redacted-project-1 for redacted-customer-1 and redacted-customer-2");
    expect(replaced.map(({ kind, count }) => [kind, count])).toEqual([
      ["project", 1],
      ["customer", 2],
    ]);
  });

  test("never lets a name, an address or a secret through, whatever stands around it, and always leaves words that tell", () => {
    const around = fc.string({
      unit: fc.constantFrom(" ", "\n", '"', "<", ">", "(", ")", ",", ":", "=", "/", "'"),
      maxLength: 6,
    });
    const named = fc.constantFrom(
      "Ada Osei",
      "ada@corp.test",
      "Mara Novák",
      "someone@new.test",
      secrets[2]?.[2] ?? "",
      secrets[6]?.[2] ?? "",
    );
    const sentence = fc.array(fc.tuple(around, named, around), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sentence, (parts) => {
        for (const [left, name, right] of parts)
          expect(mayHoldReplacement(outsiders.redactText(`${left} ${name} ${right}`).text)).toBe(true);
        const { text } = outsiders.redactText(parts.map(([left, name, right]) => `${left} ${name} ${right}`).join(""));
        for (const [, name] of parts) expect(text).not.toContain(name);
      }),
      { numRuns: 200 },
    );
  });
});

test("a pattern that would go back again and again reads a text once", () => {
  const redactor = createRedactor(RedactionRules.parse({ patterns: [{ kind: "loop", pattern: "(a+)+b" }] }), people);
  const { text, replaced } = redactor.redactText(`${"a".repeat(20_000)}! 😀 aab`);
  expect(text).toBe(`${"a".repeat(20_000)}! 😀 redacted-loop-1`);
  expect(replaced).toEqual([{ kind: "loop", count: 1, places: ["line 1"] }]);
});

test.each([
  [{ patterns: [{ kind: "x", pattern: "(" }] }],
  [{ patterns: [{ kind: "x", pattern: "a*" }] }],
  [{ patterns: [{ kind: "x", pattern: "KD-(?=7)" }] }],
  [{ patterns: [{ kind: "x", pattern: "(a)\\1" }] }],
  [{ patterns: [{ kind: "x", pattern: "((a{1,100}){1,100}){1,100}b" }] }],
  [{ persons: "hide" }],
  [{ other: 1 }],
])("rules that cannot be followed are refused: %j", (rules) => {
  expect(RedactionRules.safeParse(rules).success).toBe(false);
});
