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

export function App() {
  useEffect(() => listenToEngine(client), []);
  useEffect(() => {
    // Where it cannot be loaded, the screen that is gone to says so.
    const idle = requestIdleCallback(() => void loadLaterParts().catch(() => undefined));
    return () => cancelIdleCallback(idle);
  }, []);
  return (
    <I18nProvider locale="en-GB">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  );
}
