import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one kind of evidence is like in an engagement: how large its records are, and its share of all bytes. */
interface Kind {
  readonly name: string;
  readonly share: number;
  readonly size: (random: Random) => number;
  readonly bytes: (size: number, number: number, random: Random) => Buffer;
}

type Random = () => number;

const between = (least: number, most: number) => (random: Random) => Math.floor(least + random() * (most - least));

/**
 * Two thirds are answers of APIs, as with real engagements; commits are the most records and the fewest bytes; a log is in the
 * parts that it was cut into; what people attach is compressed already.
 */
const kinds: readonly Kind[] = [
  { name: "answer", share: 0.62, size: between(8_000, 100_000), bytes: answerOf },
  { name: "commit", share: 0.02, size: between(400, 1_200), bytes: commitOf },
  { name: "log", share: 0.2, size: between(2_000_000, 8_000_000), bytes: logOf },
  { name: "attachment", share: 0.16, size: between(50_000, 4_000_000), bytes: attachmentOf },
];

export interface MixedRecord {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Records as evidence is mixed, until they have `bytes` together. The same each time; one is in memory at a time. */
export function* mixedEvidence(bytes: number): Generator<MixedRecord> {
  const random = createRandom();
  for (const kind of kinds) {
    let made = 0;
    for (let number = 0; made < bytes * kind.share; number += 1) {
      const record = kind.bytes(kind.size(random), number, random);
      made += record.length;
      yield { name: `${kind.name}-${String(number).padStart(7, "0")}`, bytes: record };
    }
  }
}

/**
 * The same as files, a thousand in a folder.
 *
 * @returns their paths below `folder`
 */
export function writeMixedEvidence(folder: string, bytes: number): string[] {
  const paths: string[] = [];
  for (const { name, bytes: content } of mixedEvidence(bytes)) {
    const below = name.slice(0, -3);
    if (paths.at(-1)?.startsWith(`${below}/`) !== true) mkdirSync(join(folder, below), { recursive: true });
    paths.push(`${below}/${name}`);
    writeFileSync(join(folder, below, name), content);
  }
  return paths;
}

const words =
  "the limit of card payments was raised after review and a rollback plan is attached for the on-call team ledger refund settlement gateway timeout retry queue index migration".split(
    " ",
  );

function phraseOf(length: number, random: Random): string {
  return Array.from({ length }, () => words[Math.floor(random() * words.length)] ?? "").join(" ");
}

const hexOf = (length: number, random: Random): string =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");

const timeOf = (number: number): string => new Date(Date.UTC(2025, 0, 1) + number * 61_000).toISOString();

/** A page of a code host's list: the same members each time, with other values. */
function answerOf(size: number, number: number, random: Random): Buffer {
  const members: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    const login = `user${Math.floor(random() * 400)}`;
    const sha = hexOf(40, random);
    const member = JSON.stringify({
      id: number * 100 + index,
      node_id: Buffer.from(sha.slice(0, 18)).toString("base64"),
      state: "closed",
      title: phraseOf(8, random),
      body: phraseOf(60, random),
      user: { login, url: `https://code.example/api/users/${login}`, type: "User" },
      created_at: timeOf(number),
      merged_at: timeOf(number + 60),
      merge_commit_sha: sha,
      url: `https://code.example/api/repos/ledger/pulls/${number * 100 + index}`,
    });
    members.push(member);
    length += member.length + 1;
  }
  return Buffer.from(`[${members.join(",")}]`);
}

function commitOf(size: number, number: number, random: Random): Buffer {
  const who = `User ${number % 97} <user${number % 97}@example.com> ${1_735_689_600 + number * 61} +0100`;
  const head = `tree ${hexOf(40, random)}\nparent ${hexOf(40, random)}\nauthor ${who}\ncommitter ${who}\n\n`;
  return Buffer.from(`${head}${phraseOf(Math.max(4, Math.floor((size - head.length) / 7)), random)}\n`);
}

function logOf(size: number, number: number, random: Random): Buffer {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    const line = `${timeOf(number * 40_000 + index)} host${index % 31} sshd[${Math.floor(random() * 65_536)}]: Accepted publickey for user${Math.floor(random() * 400)} from 10.0.${Math.floor(random() * 256)}.${Math.floor(random() * 256)} port ${Math.floor(random() * 65_536)} ssh2\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.from(lines.join(""));
}

/** A PNG to whoever looks at its first bytes; as good as random, as compressed bytes are. */
function attachmentOf(size: number, _number: number, random: Random): Buffer {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = Math.floor(random() * 2 ** 32) | 1;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  const bytes = Buffer.from(words.buffer, 0, size);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return bytes;
}

function createRandom(): Random {
  let state = 20_250_101;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
