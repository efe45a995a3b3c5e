import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerAddress from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { useEffect, useRef, useState } from "react";
import type { Sha256 } from "../../../../shared/model/digest.ts";
import { Button } from "../../../components/button.tsx";
import { AnswerOf, Loading } from "../../../components/states.tsx";
import { formatCount } from "../../../format.ts";
import { strings } from "../../../strings.ts";
import { useRecordBytes } from "./use-record-bytes.ts";

const words = strings.evidence.record;

GlobalWorkerOptions.workerSrc = workerAddress;

/** A PDF as pictures of its pages: no script of it runs, no form, link or attachment of it can be used. */
export function PdfRecord({ sha256 }: { readonly sha256: Sha256 }) {
  const bytes = useRecordBytes(sha256);
  return (
    <AnswerOf of={bytes} loading={words.loading}>
      {(value) => (value === null ? <p className="notice">{words.tooLarge}</p> : <Pages bytes={value} />)}
    </AnswerOf>
  );
}

type Opened = PDFDocumentProxy | "unreadable" | null;

function Pages({ bytes }: { readonly bytes: Uint8Array }) {
  const [opened, setOpened] = useState<Opened>(null);
  const [number, setNumber] = useState(1);
  useEffect(() => {
    // The reader takes the bytes over: it is given a copy.
    const task = getDocument({ data: bytes.slice(), isEvalSupported: false, disableFontFace: true, enableXfa: false });
    task.promise.then(setOpened, () => setOpened("unreadable"));
    return () => void task.destroy();
  }, [bytes]);
  if (opened === null) return <Loading what={words.loading} />;
  if (opened === "unreadable") return <p className="notice">{words.noPdf}</p>;
  return (
    <div className="stack">
      <div className="row">
        <Button isDisabled={number === 1} onPress={() => setNumber(number - 1)}>
          {words.previousPage}
        </Button>
        <Button isDisabled={number === opened.numPages} onPress={() => setNumber(number + 1)}>
          {words.nextPage}
        </Button>
        <span className="muted" role="status">
          {words.page(formatCount(number), formatCount(opened.numPages))}
        </span>
      </div>
      <PageCanvas pdf={opened} number={number} />
    </div>
  );
}

/** Wide enough to be read, and small enough for any page size that a hostile file may claim. */
const [wantedWidth, mostPixels] = [1400, 12_000_000];

function PageCanvas({ pdf, number }: { readonly pdf: PDFDocumentProxy; readonly number: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const page = await pdf.getPage(number);
      const natural = page.getViewport({ scale: 1 });
      const byWidth = wantedWidth / natural.width;
      const scale = Math.min(byWidth, Math.sqrt(mostPixels / (natural.width * natural.height)));
      const viewport = page.getViewport({ scale });
      const target = canvas.current;
      if (isGone || !target) return;
      target.width = Math.ceil(viewport.width);
      target.height = Math.ceil(viewport.height);
      await page.render({ canvas: target, viewport, annotationMode: 0 }).promise;
      target.dataset["drawn"] = String(number);
    };
    draw().catch(() => {
      if (!isGone) setBroken(true);
    });
    return () => {
      isGone = true;
    };
  }, [pdf, number]);
  return isBroken ? (
    <p className="notice">{words.noPdf}</p>
  ) : (
    <canvas ref={canvas} className="record-page" role="img" aria-label={words.pageOf(formatCount(number))} />
  );
}
