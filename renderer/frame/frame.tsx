import "./frame.css";
import { Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { useProcedure } from "../api.ts";
import { strings } from "../strings.ts";
import { DropTarget } from "./drop-target.tsx";
import { Palette } from "./palette.tsx";
import { RestartNotice } from "./restart-notice.tsx";
import { Sidebar } from "./sidebar.tsx";
import { StatusBar } from "./status-bar.tsx";
import { Tour } from "./tour.tsx";
import { useMenuChoices } from "./use-menu-choices.ts";
import { useOpenRequests } from "./use-open-requests.ts";

/** What stands around every screen. */
export function Frame() {
  const current = useProcedure("engagement.current", {});
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isTouring, setTouring] = useState(false);
  const startTour = () => setTouring(true);
  useOpenRequests();
  useMenuChoices({ openPalette: () => setPaletteOpen(true), startTour });
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={() => document.getElementById("main")?.focus()}>
        {strings.frame.skip}
      </button>
      <Sidebar engagement={current.data ?? null} />
      <main id="main" className="frame-main" tabIndex={-1}>
        <RestartNotice />
        <Outlet />
      </main>
      <StatusBar engagement={current.data ?? null} />
      <DropTarget />
      <Palette
        engagement={current.data ?? null}
        isOpen={isPaletteOpen}
        onClose={() => setPaletteOpen(false)}
        onTour={startTour}
      />
      {isTouring ? <Tour engagement={current.data ?? null} onEnd={() => setTouring(false)} /> : null}
    </div>
  );
}
