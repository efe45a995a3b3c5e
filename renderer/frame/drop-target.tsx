import { IconFileZip } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useEngagementOpening } from "../screens/start/use-engagement-opening.ts";
import { useVerification } from "../screens/verify/use-verification.ts";
import { strings } from "../strings.ts";
import { handOver, isTakingFiles } from "./dropped-files.ts";

/**
 * A file dropped anywhere on the window: an engagement is opened, a bundle verified. Where the screen takes files, it is
 * given all others.
 */
export function DropTarget() {
  const isOver = useFileDrop();
  return isOver ? (
    <div className="drop-overlay">
      <IconFileZip size={40} stroke={1.5} aria-hidden />
      <p>{isTakingFiles() ? strings.verify.dropHereToAdd : strings.verify.dropHere}</p>
    </div>
  ) : null;
}

function useFileDrop(): boolean {
  const [isOver, setOver] = useState(false);
  const opening = useEngagementOpening();
  const { verify } = useVerification();
  const act = useRef({ opening, verify });
  act.current = { opening, verify };

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(!isForField(event));
    };
    // Leaving one element for another within the window is no leaving.
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file || isForField(event)) return;
      event.preventDefault();
      const path = window.tickmark.pathForFile(file);
      if (path.toLowerCase().endsWith(".tickmark")) act.current.opening.openPath(path);
      else if (isTakingFiles() && !path.toLowerCase().endsWith(".zip"))
        handOver(Array.from(event.dataTransfer?.files ?? [], (one) => window.tickmark.pathForFile(one)));
      else act.current.verify(path);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);
  return isOver;
}

/** Fields for paths take dropped files for themselves. */
function isForField(event: DragEvent): boolean {
  return event.target instanceof Element && event.target.closest("[data-takes-files]") !== null;
}
