import type { Fact, ReadFacts } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { Source } from "../../model/source.ts";
import { decodeUtf8 } from "../../model/text.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { createAccount, textOf } from "../line-evidence.ts";
import { rolesOf } from "./directory-roles.ts";
import { employmentOf } from "./employment.ts";

/** An entry of a directory: values by attribute, names in lower case. */
type Entry = ReadonlyMap<string, readonly string[]>;

const personClasses = new Set(["person", "inetorgperson", "organizationalperson", "posixaccount", "user", "account"]);

/**
 * People of a directory, from an LDIF export (RFC 2849): values may be folded over lines or written in base64. Entries
 * that are no person are passed over.
 */
export function readLdif(input: EvidenceInput, source: Source): ReadFacts {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  const account = createAccount();
  for (const { line, entry } of entriesOf(document.text, input.reading?.firstLine ?? 1)) {
    const origin = originOf(input, `line ${line}`);
    account.add("reason" in entry ? entry : personOf(entry, origin, input, source), origin);
  }
  const { facts, unread } = account.total();
  return { facts, unread };
}

function* entriesOf(text: string, firstLine: number): Generator<{ line: number; entry: Entry | Unreadable }> {
  let lines: string[] = [];
  let start = firstLine;
  for (const [index, written] of [...text.split(/\r?\n/), ""].entries()) {
    if (written !== "") {
      if (lines.length === 0) start = firstLine + index;
      lines.push(written);
      continue;
    }
    if (lines.some((line) => /^dn:/i.test(line))) yield { line: start, entry: attributesOf(lines) };
    lines = [];
  }
}

function attributesOf(lines: readonly string[]): Entry | Unreadable {
  const unfolded: string[] = [];
  for (const line of lines) {
    if (line.startsWith(" ") && unfolded.length > 0) unfolded.push(`${unfolded.pop()}${line.slice(1)}`);
    else unfolded.push(line);
  }
  const attributes = new Map<string, string[]>();
  for (const line of unfolded) {
    if (line.startsWith("#")) continue;
    const [, described = "", colons = "", written = ""] = /^([^:]+)(::?<?)\s*(.*)$/s.exec(line) ?? [];
    if (described === "") return { reason: `"${line.slice(0, 40)}" is no attribute with a value` };
    const value = colons === "::" ? fromBase64(written) : written;
    if (value === null) return { reason: `the value of ${described} is no text in base64` };
    // An option such as `;lang-en` tells another spelling of the same attribute.
    const name = described.split(";")[0]?.toLowerCase() ?? "";
    attributes.set(name, [...(attributes.get(name) ?? []), value]);
  }
  return attributes;
}

function personOf(entry: Entry, origin: Origin, input: EvidenceInput, source: Source): ReadFacts | Unreadable | null {
  const all = (...names: string[]) => names.flatMap((name) => entry.get(name) ?? []).filter((value) => value !== "");
  const first = (...names: string[]) => all(...names)[0] ?? "";
  const classes = all("objectclass").map((name) => name.toLowerCase());
  const isPerson = classes.some((name) => personClasses.has(name)) && !classes.includes("computer");
  if (!isPerson && all("uid", "samaccountname").length === 0) return null;
  const logins = [...new Set(all("uid", "samaccountname"))];
  const emails = [...new Set(all("mail", "mailalternateaddress"))];
  const name = first("displayname", "cn");
  const person = first("employeenumber", "employeeid") || emails[0]?.toLowerCase() || logins[0] || "";
  if (name === "") return { reason: "it has no name (cn)" };
  if (person === "") return { reason: `${name} has neither an address nor a login` };
  const fact: Fact = {
    kind: "roster-person",
    origin,
    id: person,
    name,
    emails,
    logins,
    roles: rolesOf(all("memberof", "ismemberof"), source),
  };
  const employment = employmentOf(
    {
      origin,
      person,
      joined: first("hiredate", "employeestartdate", "startdate"),
      left: first("employeeenddate", "terminationdate", "enddate"),
      active: activeOf(first("useraccountcontrol"), first("nsaccountlock", "accountstatus")),
    },
    input.reading,
  );
  return { facts: [fact, ...employment.fact], unread: employment.unread };
}

/** Active Directory's flag ACCOUNTDISABLE, or what other directories write; null where none of them is there. */
function activeOf(control: string, lock: string): boolean | null {
  if (/^\d+$/.test(control)) return (Number(control) & 2) === 0;
  if (/^(true|locked|inactive|disabled)$/i.test(lock)) return false;
  return /^(false|active)$/i.test(lock) ? true : null;
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of UTF-8 → text; null for anything else. */
function fromBase64(written: string): string | null {
  const text = written.trim();
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes: number[] = [];
  let [bits, count] = [0, 0];
  for (const digit of text.replace(/=+$/, "")) {
    bits = (bits << 6) | digits.indexOf(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return decodeUtf8(Uint8Array.from(bytes));
}
