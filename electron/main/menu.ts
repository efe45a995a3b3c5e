import { app, Menu, type MenuItemConstructorOptions } from "electron";
import type { EventOf } from "../../shared/ipc/contract.ts";

export interface MenuCommands {
  openEngagement(): void;
  verifyBundle(): void;
  openDemo(): void;
  /** What the window carries out itself. */
  choose(command: EventOf<"menu-chosen">["command"]): void;
  print(): void;
  savePdf(): void;
}

/**
 * The native menu, in each system's own order and with its own shortcuts.
 * @param loading who carries the commands out; the menu stands before they do
 */
export function setMenu(loading: Promise<MenuCommands>): void {
  const carryOut = (carry: (commands: MenuCommands) => void) => () => void loading.then(carry);
  const choose = (command: Parameters<MenuCommands["choose"]>[0]) => carryOut((commands) => commands.choose(command));
  const isMac = process.platform === "darwin";
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: "appMenu" } satisfies MenuItemConstructorOptions] : []),
    {
      label: "&File",
      submenu: [
        { label: "&New Engagement", accelerator: "CmdOrCtrl+N", click: choose("new-engagement") },
        {
          label: "&Open Engagement…",
          accelerator: "CmdOrCtrl+O",
          click: carryOut((commands) => commands.openEngagement()),
        },
        ...(process.platform === "linux"
          ? []
          : [
              {
                label: "Open &Recent",
                role: "recentDocuments",
                submenu: [{ role: "clearRecentDocuments" }],
              } satisfies MenuItemConstructorOptions,
            ]),
        { type: "separator" },
        {
          label: "&Verify a Bundle…",
          accelerator: "CmdOrCtrl+Shift+V",
          click: carryOut((commands) => commands.verifyBundle()),
        },
        { label: "&Demo Engagement", click: carryOut((commands) => commands.openDemo()) },
        { type: "separator" },
        { label: "&Print…", accelerator: "CmdOrCtrl+P", click: carryOut((commands) => commands.print()) },
        { label: "Save Screen as P&DF…", click: carryOut((commands) => commands.savePdf()) },
        { type: "separator" },
        { label: "Se&ttings", accelerator: "CmdOrCtrl+,", click: choose("settings") },
        { type: "separator" },
        { role: isMac ? "close" : "quit" },
      ],
    },
    {
      label: "&Edit",
      submenu: [
        { role: "undo" },
        { role: "redo" },
        { type: "separator" },
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
        { type: "separator" },
        // Ctrl+Z belongs to the text that is being typed; outside of one, the page takes it for this.
        { label: "Undo the Last &Mark…", click: choose("undo-mark") },
      ],
    },
    {
      label: "&Go",
      submenu: [
        { label: "&Go to Anything…", accelerator: "CmdOrCtrl+K", click: choose("palette") },
        { label: "&Find on the Screen", accelerator: "CmdOrCtrl+F", click: choose("find") },
      ],
    },
    {
      label: "&View",
      submenu: [
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
        ...(app.isPackaged
          ? []
          : ([{ role: "reload" }, { role: "toggleDevTools" }] satisfies MenuItemConstructorOptions[])),
      ],
    },
    { role: "windowMenu" },
    { role: "help", submenu: [{ label: "&Guided Tour", click: choose("tour") }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
