import "./frame.css";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useProcedure } from "../api.ts";
import { useUndoKey } from "../components/use-undo-key.ts";
import { strings } from "../strings.ts";
import { BrowsedNotice } from "./browsed-notice.tsx";
import { DropTarget } from "./drop-target.tsx";
import { RestartNotice } from "./restart-notice.tsx";
import { Sidebar } from "./sidebar.tsx";
import { StatusBar } from "./status-bar.tsx";
import { Tour } from "./tour.tsx";
import { useMenuChoices } from "./use-menu-choices.ts";
import { useOpenRequests } from "./use-open-requests.ts";

const Palette = lazy(() => import("../later-parts.ts").then(({ Palette }) => ({ default: Palette })));
const UndoMark = lazy(() => import("../later-parts.ts").then(({ UndoMark }) => ({ default: UndoMark })));

/** What stands around every screen. */
export function Frame() {
  const current = useProcedure("engagement.current", {});
  const [palette, setPalette] = useState<"never opened" | "open" | "closed">("never opened");
  const [isTouring, setTouring] = useState(false);
  const [undo, setUndo] = useState<"never opened" | "open" | "closed">("never opened");
  const startTour = () => setTouring(true);
  const canUndo = current.data != null && current.data.browsed === undefined;
  const undoMark = () => {
    if (canUndo) setUndo("open");
    return canUndo;
  };
  useOpenRequests();
  useMenuChoices({ openPalette: () => setPalette("open"), startTour, undoMark: () => void undoMark() });
  useUndoKey(undoMark, false);
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={() => document.getElementById("main")?.focus()}>
        {strings.frame.skip}
      </button>
      <Sidebar engagement={current.data ?? null} />
      <main id="main" className="frame-main" tabIndex={-1}>
        <RestartNotice />
        <BrowsedNotice engagement={current.data ?? null} />
        <Outlet />
      </main>
      <StatusBar engagement={current.data ?? null} />
      <DropTarget />
      {palette === "never opened" ? null : (
        <Suspense>
          <Palette
            engagement={current.data ?? null}
            isOpen={palette === "open"}
            onClose={() => setPalette("closed")}
            onTour={startTour}
            onUndo={canUndo ? undoMark : null}
          />
        </Suspense>
      )}
      {undo === "never opened" || !canUndo ? null : (
        <Suspense>
          <UndoMark isOpen={undo === "open"} onClose={() => setUndo("closed")} />
        </Suspense>
      )}
      {isTouring ? <Tour engagement={current.data ?? null} onEnd={() => setTouring(false)} /> : null}
    </div>
  );
}
