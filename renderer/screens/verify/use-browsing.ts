import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { CallFault } from "../../api.ts";
import { call, forgetEngagement, useIsRunning, useLatest } from "../../api.ts";
import { clearProgress } from "../../events.ts";

/** Opens a verified bundle in the place of the engagement, and shows its overview. */
export function useBrowsing() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { mutate } = useMutation({
    mutationKey: ["bundle.browse"],
    mutationFn: async ({ zipPath }: { readonly zipPath: string }) => {
      clearProgress(client);
      await call("bundle.browse", { zipPath });
      await forgetEngagement(client);
      await navigate({ to: "/overview" });
    },
    gcTime: Number.POSITIVE_INFINITY,
  });
  const isRunning = useIsRunning("bundle.browse");
  const latest = useLatest("bundle.browse");
  const faultOf = (zipPath: string): CallFault | null =>
    !isRunning && latest?.variables?.zipPath === zipPath ? latest.error : null;
  return { browse: (zipPath: string) => mutate({ zipPath }), isRunning, faultOf };
}
