import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { RequestOf } from "../../../shared/ipc/contract.ts";
import type { EngagementView } from "../../../shared/model/view.ts";
import { type CallFault, call, forgetEngagement } from "../../api.ts";

/** What is being opened: for the words on the screen. */
export type Opening = "open" | "create" | "demo" | "close";

interface Request {
  readonly what: Opening;
  /** Null when the person closed the dialog. */
  readonly open: () => Promise<EngagementView | "closed" | null>;
}

const mutationKey = ["opening"];

/** As it is typed; the catalog is the one of the settings. */
export type NewEngagement = Omit<RequestOf<"engagement.create">, "path" | "catalogPath">;

/** Ways into an engagement. Each ends at its overview, or at the start screen with the fault. */
export function useEngagementOpening() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { mutate } = useMutation({
    mutationKey,
    mutationFn: async ({ open }: Request) => {
      const view = await open();
      if (view === null) return;
      await forgetEngagement(client);
      await navigate({ to: view === "closed" ? "/start" : "/overview" });
    },
    onError: () => navigate({ to: "/start" }),
  });
  return {
    openPath: (path: string) => mutate({ what: "open", open: () => call("engagement.open", { path }) }),
    chooseAndOpen: () => mutate({ what: "open", open: chooseAndOpen }),
    openDemo: () => mutate({ what: "demo", open: createDemo }),
    close: () => mutate({ what: "close", open: closeEngagement }),
    create: (engagement: NewEngagement) => mutate({ what: "create", open: () => createNew(engagement) }),
  };
}

/** What is being opened now, or why the last opening failed. */
export function useOpeningState(): { running: Opening | null; fault: CallFault | null } {
  const states = useMutationState({ filters: { mutationKey }, select: (mutation) => mutation.state });
  const latest = states.at(-1);
  const what = (latest?.variables as Request | undefined)?.what ?? null;
  return { running: latest?.status === "pending" ? what : null, fault: (latest?.error ?? null) as CallFault | null };
}

async function chooseAndOpen(): Promise<EngagementView | null> {
  const path = await call("dialog.open-engagement", {});
  return path === null ? null : call("engagement.open", { path });
}

async function closeEngagement(): Promise<"closed"> {
  await call("engagement.close", {});
  return "closed";
}

async function createDemo(): Promise<EngagementView> {
  const folder = await call("demo.folder", {});
  return call("engagement.create-demo", { folder });
}

async function createNew(engagement: NewEngagement): Promise<EngagementView | null> {
  const { catalogPath } = await call("settings.show", {});
  const path = await call("dialog.save-engagement", { suggested: engagement.name });
  if (path === null) return null;
  return call("engagement.create", { ...engagement, path, ...(catalogPath === "" ? {} : { catalogPath }) });
}
