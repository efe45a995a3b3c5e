import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../../api.ts";
import { clearProgress } from "../../events.ts";

/** Verifies a bundle and shows the answer; works with no engagement open. */
export function useVerification() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { mutate } = useCommand("bundle.verify");
  const verify = (zipPath: string) => {
    clearProgress(client);
    mutate({ zipPath });
    void navigate({ to: "/verify" });
  };
  const dialog = useCommand("dialog.open-bundle");
  const choose = () =>
    dialog.mutate(
      {},
      {
        onSuccess: (path) => {
          if (path !== null) verify(path);
        },
      },
    );
  return { verify, choose };
}
