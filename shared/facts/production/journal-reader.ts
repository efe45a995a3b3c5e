import { z } from "zod";
import { instantOf } from "../../model/instant.ts";
import type { AccessEvent } from "../../model/production-facts.ts";
import { decodeLossy } from "../../model/text.ts";
import type { FormatReader } from "../format-reader.ts";
import { parseShape } from "../json-evidence.ts";
import { readJsonLines } from "../line-evidence.ts";
import { placeName, scopeOf } from "./production-origin.ts";
import { readAccessMessage } from "./syslog-message.ts";

/** A field is an array where an entry has it several times, and an array of bytes where it is no text. */
const Field = z
  .union([z.string(), z.array(z.int().min(0).max(255)), z.array(z.string()), z.null()])
  .optional()
  .transform((value) => {
    if (typeof value === "string") return value;
    if (!value || value.length === 0) return "";
    const [first] = value;
    return typeof first === "string" ? first : decodeLossy(Uint8Array.from(value as number[]));
  });

const Entry = z.object({
  __REALTIME_TIMESTAMP: z.string().regex(/^\d{1,17}$/),
  __CURSOR: Field,
  _HOSTNAME: Field,
  SYSLOG_IDENTIFIER: Field,
  _COMM: Field,
  MESSAGE: Field,
});

/**
 * systemd's journal as `journalctl -o json` writes it, one entry a line. Its times are microseconds since 1970, by the
 * host's clock. Fields that begin with `_` are the journal's own; the identifier is what the program says of itself.
 */
export const readJournal: FormatReader = (input, source) =>
  readJsonLines(input, (json, origin) => {
    const parsed = parseShape(Entry, json);
    if ("reason" in parsed) return parsed;
    const entry = parsed.data;
    const content = readAccessMessage(entry.SYSLOG_IDENTIFIER || entry._COMM, entry.MESSAGE);
    if (content === null) return null;
    const milliseconds = Math.floor(Number(entry.__REALTIME_TIMESTAMP) / 1000);
    if (milliseconds > 253_402_300_799_999) return { reason: "__REALTIME_TIMESTAMP: after the year 9999" };
    const event: AccessEvent = {
      kind: "access-event",
      origin,
      id: entry.__CURSOR || placeName(input, origin),
      log: "journald",
      host: entry._HOSTNAME || scopeOf(source),
      at: instantOf(milliseconds),
      ...content,
    };
    return [event];
  });
