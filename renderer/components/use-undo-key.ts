import { useEffect, useRef } from "react";

/**
 * Ctrl+Z or Cmd+Z, where it does not belong to a text that is being typed, nor to a dialog.
 *
 * @param undo answers whether it was its turn
 * @param isFirst before who only does it where nobody else did
 */
export function useUndoKey(undo: () => boolean, isFirst: boolean): void {
  const latest = useRef(undo);
  latest.current = undo;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      const isTyping =
        event.target instanceof Element && event.target.closest("input, textarea, [role=dialog]") !== null;
      if (isUndo && !isTyping && !event.defaultPrevented && latest.current()) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown, { capture: isFirst });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: isFirst });
  }, [isFirst]);
}
