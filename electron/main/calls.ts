import { ipcMain } from "electron";
import { callChannel } from "../../shared/ipc/process-protocol.ts";
import type { Sender } from "./sender-check.ts";

/** Answers one call of a window, whatever it is; faults are answers too. */
export type AnswerCall = (sender: Sender, message: unknown) => Promise<unknown>;

/**
 * Has the windows' calls answered. Those that come before there is anybody to answer wait.
 * @param called at each of them, before it is looked at
 */
export function answerCalls(answering: Promise<AnswerCall>, called: () => void): void {
  ipcMain.handle(callChannel, async (event, message: unknown) => {
    called();
    return (await answering)(event, message);
  });
}
