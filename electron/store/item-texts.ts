const rowsAtOnce = 20_000;

/** The rows from a place on, each as one text, in order; fewer than `limit` only at the end. */
export type ReadTexts = (from: number, limit: number) => readonly string[];

/**
 * Rows in one piece of memory: row r of the chunk are the bytes from `starts[r]` to `starts[r + 1]`. A string whose characters
 * are the bytes takes their room alone, and is searched from row to row in half the time that a buffer takes.
 */
interface Chunk {
  readonly bytes: string;
  readonly starts: Uint32Array;
}

/**
 * The texts of a list's rows, in which words are found without regard to case. They are read once, in steps, and kept as
 * bytes: some 150 of them for a row. A scan of all texts of a million rows answers in a tenth of the time that the table
 * takes, and an index of all parts of words would be three times as large as the texts in every engagement file.
 */
export class ItemTexts {
  readonly size: number;
  readonly #read: ReadTexts;
  readonly #atOnce: number;
  readonly #chunks: Chunk[] = [];

  constructor(size: number, read: ReadTexts, atOnce = rowsAtOnce) {
    this.size = size;
    this.#read = read;
    this.#atOnce = atOnce;
  }

  get isRead(): boolean {
    return this.#chunks.length * this.#atOnce >= this.size;
  }

  /** Reads the next texts: what takes some 20 ms. */
  readOn(): void {
    if (this.isRead) return;
    this.#chunks.push(packTexts(this.#read(this.#chunks.length * this.#atOnce, this.#atOnce)));
  }

  /** A 1 at the place of each row that has every one of the words, wherever in its texts; all rows where there is no word. */
  find(words: readonly string[]): Uint8Array {
    while (!this.isRead) this.readOn();
    const found = new Uint8Array(this.size).fill(1);
    // The longest are the rarest, and of the others only what is left is looked at.
    const sought = words.map((word) => toBytes(word.toLowerCase())).sort((one, other) => other.length - one.length);
    for (const bytes of sought) {
      for (const [index, chunk] of this.#chunks.entries()) {
        const place = index * this.#atOnce;
        keepFound(chunk, bytes, found.subarray(place, place + chunk.starts.length - 1));
      }
    }
    return found;
  }
}

function packTexts(texts: readonly string[]): Chunk {
  const lowered = texts.map((text) => text.toLowerCase());
  const bytes = Buffer.allocUnsafeSlow(lowered.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
  const starts = new Uint32Array(lowered.length + 1);
  let at = 0;
  for (const [row, text] of lowered.entries()) {
    at += bytes.write(text, at);
    starts[row + 1] = at;
  }
  return { bytes: bytes.toString("latin1"), starts };
}

function toBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** V8 looks for longer words in a way that takes several times as long where there are few of them. */
const longest = 6;

function findWord(bytes: string, word: string, from: number): number {
  if (word.length <= longest) return bytes.indexOf(word, from);
  const head = word.slice(0, longest);
  let hit = bytes.indexOf(head, from);
  while (hit !== -1 && !bytes.startsWith(word, hit)) hit = bytes.indexOf(head, hit + 1);
  return hit;
}

/** Takes the mark from every row of the chunk that has one and does not have the word. */
function keepFound({ bytes, starts }: Chunk, word: string, found: Uint8Array): void {
  let hit = -1;
  for (let row = 0; row < found.length; row += 1) {
    if (found[row] === 0) continue;
    const start = starts[row] ?? 0;
    if (hit < start) hit = findWord(bytes, word, start);
    if (hit === -1) {
      found.fill(0, row);
      return;
    }
    // What begins in one row and ends in the next is in neither.
    if (hit + word.length > (starts[row + 1] ?? 0)) found[row] = 0;
  }
}

/** The texts of the list that was searched last: those of a large one take more memory than all else that is open. */
export class LatestTexts {
  #list = "";
  #texts: ItemTexts | undefined;

  of(list: string, size: number, read: ReadTexts): ItemTexts {
    if (this.#texts === undefined || this.#list !== list) this.#texts = new ItemTexts(size, read);
    this.#list = list;
    return this.#texts;
  }
}

/** What lists search in an item `i`, in the words of a statement: its texts, one on each line. */
export const textOfItem = "i.id || char(10) || i.title || char(10) || i.repository || char(10) || i.about";
