/**
 * The contents of ledger-core's files: small, valid texts in which every change is a visible edit. Each edit adds lines
 * at one place, so that two branches which touch different files merge without conflict.
 */
export interface Edit {
  readonly id: string;
  readonly title: string;
  readonly ticket: string | undefined;
  /** 1 for a branch's first commit. */
  readonly step: number;
}

/** A file before its first change. */
export function firstText(path: string, about: string, start = ""): string {
  if (path.endsWith(".java")) return javaClass(nameOf(path), about);
  if (path.endsWith(".ts")) return `// ${about}\nimport { applyRule } from "./rules.ts";\n`;
  if (path.endsWith(".md")) return `# Operations\n\n${about}\n`;
  return `# ${about}\n${start}`;
}

/** A test file before its first change. */
export function firstTestText(path: string): string {
  const subject = nameOf(path).replace(/(Test|\.test)$/, "");
  if (path.endsWith(".java")) return javaTestClass(subject);
  return `import { expect, test } from "vitest";\nimport * as subject from "../src/${subject}.ts";\n`;
}

/** Where a file's tests are; null where it has none. */
export function testPathOf(path: string): string | null {
  if (path.endsWith(".java")) return path.replace("src/main/", "src/test/").replace(/\.java$/, "Test.java");
  if (path.endsWith(".ts")) return path.replace("web/src/", "web/test/").replace(/\.ts$/, ".test.ts");
  return null;
}

/** A file after one more edit. */
export function editText(path: string, text: string, edit: Edit): string {
  const name = camelCase(edit.step === 1 ? edit.id : `${edit.id}-${edit.step}`);
  const why = edit.ticket === undefined ? edit.title : `${edit.ticket}: ${edit.title}`;
  if (/Test\.java$/.test(path)) return intoClass(text, javaTest(name, edit));
  if (path.endsWith(".java")) return intoClass(text, javaMethod(name, why, edit));
  if (path.endsWith(".test.ts"))
    return `${text}\ntest(${JSON.stringify(edit.title)}, () => {\n  expect(subject).toBeDefined();\n});\n`;
  if (path.endsWith(".ts"))
    return `${text}\n// ${why}\nexport function ${name}(input: string): string {\n  return applyRule("${edit.id}", input);\n}\n`;
  if (path.endsWith(".pp")) return `${text}\n# ${why}\nfile { '/etc/ledger/${edit.id}.conf': ensure => file }\n`;
  if (path.endsWith(".md"))
    return `${text}\n## ${edit.title}\n\nSee ${edit.ticket ?? "the change"}, step ${edit.step}.\n`;
  return editSettings(text, edit, why);
}

/** Generated lines, such as a table that a tool has written. */
export function addBulk(path: string, text: string, id: string, lines: number): string {
  const table = Array.from(
    { length: lines },
    (_, index) => `    static final long ${camelCase(id)}${index} = ${index};\n`,
  );
  return path.endsWith(".java") ? intoClass(text, table.join("")) : `${text}${table.join("")}`;
}

/** A dependency's version is replaced; any other setting is added. */
function editSettings(text: string, edit: Edit, why: string): string {
  const bump = /^Bump (\S+) from \S+ to (\S+)$/.exec(edit.title);
  const line = bump ? new RegExp(`^${bump[1]}: .*$`, "m") : null;
  if (bump && line?.test(text)) return text.replace(line, `${bump[1]}: "${bump[2]}"`);
  return `${text}${edit.id}${edit.step > 1 ? `-${edit.step}` : ""}: true # ${why}\n`;
}

function javaClass(name: string, about: string): string {
  return `package example.northwind.ledger;

/** ${about} */
public final class ${name} {
    private final Rules rules;

    public ${name}(Rules rules) {
        this.rules = rules;
    }
}
`;
}

function javaTestClass(subject: string): string {
  return `package example.northwind.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ${subject}Test {
    private final ${subject} subject = new ${subject}(new Rules());
}
`;
}

function javaMethod(name: string, why: string, edit: Edit): string {
  return `
    /** ${why}. */
    public long ${name}(long cents) {
        return rules.apply("${edit.id}", cents);
    }
`;
}

function javaTest(name: string, edit: Edit): string {
  const method = camelCase(edit.id);
  return `
    @Test
    void ${name}() {
        assertEquals(100, subject.${method}(100));
    }
`;
}

/** Before the brace that closes the class. */
function intoClass(text: string, member: string): string {
  return `${text.slice(0, text.lastIndexOf("}"))}${member.replace(/^\n/, "\n")}}\n`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.(java|ts)$/, "");
}

function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
