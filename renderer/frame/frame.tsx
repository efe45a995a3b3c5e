import "./frame.css";
import { Outlet } from "@tanstack/react-router";
import { useProcedure } from "../api.ts";
import { strings } from "../strings.ts";
import { DropTarget } from "./drop-target.tsx";
import { Sidebar } from "./sidebar.tsx";
import { StatusBar } from "./status-bar.tsx";
import { useOpenRequests } from "./use-open-requests.ts";

/** What stands around every screen. */
export function Frame() {
  const current = useProcedure("engagement.current", {});
  useOpenRequests();
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={() => document.getElementById("main")?.focus()}>
        {strings.frame.skip}
      </button>
      <Sidebar engagement={current.data ?? null} />
      <main id="main" className="frame-main" tabIndex={-1}>
        <Outlet />
      </main>
      <StatusBar engagement={current.data ?? null} />
      <DropTarget />
    </div>
  );
}
