import "./frame.css";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useProcedure } from "../api.ts";
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

/** What stands around every screen. */
export function Frame() {
  const current = useProcedure("engagement.current", {});
  const [palette, setPalette] = useState<"never opened" | "open" | "closed">("never opened");
  const [isTouring, setTouring] = useState(false);
  const startTour = () => setTouring(true);
  useOpenRequests();
  useMenuChoices({ openPalette: () => setPalette("open"), startTour });
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
          />
        </Suspense>
      )}
      {isTouring ? <Tour engagement={current.data ?? null} onEnd={() => setTouring(false)} /> : null}
    </div>
  );
}
