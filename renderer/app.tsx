import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { I18nProvider } from "react-aria-components";
import { listenToEngine } from "./events.ts";
import { loadLaterParts, router } from "./routes.tsx";

const client = new QueryClient({
  defaultOptions: {
    // The engine is on this machine: whether there is a network says nothing, and answers are stale only when it says so.
    queries: { networkMode: "always", staleTime: Number.POSITIVE_INFINITY, retry: false },
    mutations: { networkMode: "always", retry: false },
  },
});

/** Loads the other screens when the first one has been drawn and nothing is left to do for it. */
function loadWhenDrawn(): () => void {
  let idle = 0;
  // Called back before it is drawn, and then before anything else is.
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      // Where it cannot be loaded, the screen that is gone to says so.
      idle = requestIdleCallback(() => void loadLaterParts().catch(() => undefined));
    });
  });
  return () => {
    cancelAnimationFrame(frame);
    cancelIdleCallback(idle);
  };
}

export function App() {
  useEffect(() => listenToEngine(client), []);
  useEffect(loadWhenDrawn, []);
  return (
    <I18nProvider locale="en-GB">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  );
}
