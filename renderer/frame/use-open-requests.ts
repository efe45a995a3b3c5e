import { useEffect, useRef } from "react";
import { useEngagementOpening } from "../screens/start/use-engagement-opening.ts";
import { useVerification } from "../screens/verify/use-verification.ts";

/** The menu, the desktop or a drop asked for a file: brings it to the screen where it belongs. */
export function useOpenRequests(): void {
  const opening = useEngagementOpening();
  const { verify } = useVerification();
  const act = useRef({ opening, verify });
  act.current = { opening, verify };
  useEffect(
    () =>
      window.tickmark.on("open-requested", ({ kind, path }) => {
        if (kind === "bundle") act.current.verify(path);
        else if (kind === "demo") act.current.opening.openDemo();
        else act.current.opening.openPath(path);
      }),
    [],
  );
}
