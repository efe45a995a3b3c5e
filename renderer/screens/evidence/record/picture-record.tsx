import { useEffect, useState } from "react";
import type { Sha256 } from "../../../../shared/model/digest.ts";
import type { EvidenceMedia } from "../../../../shared/model/view.ts";
import { AnswerOf } from "../../../components/states.tsx";
import { strings } from "../../../strings.ts";
import { useRecordBytes } from "./use-record-bytes.ts";

const words = strings.evidence.record;

/** A picture, decoded by the window itself, which has neither network nor files. */
export function PictureRecord({ sha256, media }: { readonly sha256: Sha256; readonly media: EvidenceMedia }) {
  const bytes = useRecordBytes(sha256);
  return (
    <AnswerOf of={bytes} loading={words.loading}>
      {(value) =>
        value === null ? <p className="notice">{words.tooLarge}</p> : <Picture bytes={value} media={media} />
      }
    </AnswerOf>
  );
}

function Picture({ bytes, media }: { readonly bytes: Uint8Array; readonly media: EvidenceMedia }) {
  const [address, setAddress] = useState<string | null>(null);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const reader = new FileReader();
    // The policy allows pictures as data, and no other address besides the program's own.
    reader.onload = () => setAddress(String(reader.result));
    reader.readAsDataURL(new Blob([bytes as BlobPart], { type: media }));
    return () => reader.abort();
  }, [bytes, media]);
  if (isBroken) return <p className="notice">{words.noPicture}</p>;
  return address === null ? null : (
    <img src={address} alt={words.picture} className="record-picture" onError={() => setBroken(true)} />
  );
}
