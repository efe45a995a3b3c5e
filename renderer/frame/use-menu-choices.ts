import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

export interface MenuActs {
  readonly openPalette: () => void;
  readonly startTour: () => void;
  readonly undoMark: () => void;
}

/** What the menu leaves to the window. */
export function useMenuChoices(acts: MenuActs): void {
  const navigate = useNavigate();
  const latest = useRef({ ...acts, navigate });
  latest.current = { ...acts, navigate };
  useEffect(
    () =>
      window.tickmark.on("menu-chosen", ({ command }) => {
        const act = latest.current;
        if (command === "palette") act.openPalette();
        else if (command === "tour") act.startTour();
        else if (command === "undo-mark") act.undoMark();
        else if (command === "find") focusSearch();
        else void act.navigate({ to: command === "settings" ? "/settings" : "/start" });
      }),
    [],
  );
}

/** The search field of the screen, where it has one. */
function focusSearch(): void {
  document.querySelector<HTMLInputElement>("main input[type=search]")?.focus();
}
