import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Sha256 } from "../../../../shared/model/digest.ts";
import { type CallFault, call } from "../../../api.ts";

const [pieceBytes, mostBytes] = [4 * 1024 * 1024, 32 * 1024 * 1024];

/** All bytes of a record, piece by piece; null for one that is too large to be looked at here. */
export function useRecordBytes(sha256: Sha256): UseQueryResult<Uint8Array | null, CallFault> {
  return useQuery({
    queryKey: ["evidence.bytes", sha256],
    queryFn: () => readWhole(sha256),
    // A record is looked at once; its bytes need not stay.
    gcTime: 0,
  });
}

async function readWhole(sha256: Sha256): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (;;) {
    const { total, bytes } = await call("evidence.bytes", { sha256, offset, limit: pieceBytes });
    if (total > mostBytes) return null;
    pieces.push(bytes);
    offset += bytes.length;
    if (offset >= total || bytes.length === 0) break;
  }
  const whole = new Uint8Array(offset);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
