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

/** The native menu, in each system's own order and with its own shortcuts. */
export function setMenu(commands: MenuCommands): void {
  const isMac = process.platform === "darwin";
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: "appMenu" } satisfies MenuItemConstructorOptions] : []),
    {
      label: "&File",
      submenu: [
        { label: "&New Engagement", accelerator: "CmdOrCtrl+N", click: () => commands.choose("new-engagement") },
        { label: "&Open Engagement…", accelerator: "CmdOrCtrl+O", click: commands.openEngagement },
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
        { label: "&Verify a Bundle…", accelerator: "CmdOrCtrl+Shift+V", click: commands.verifyBundle },
        { label: "&Demo Engagement", click: commands.openDemo },
        { type: "separator" },
        { label: "&Print…", accelerator: "CmdOrCtrl+P", click: commands.print },
        { label: "Save Screen as P&DF…", click: commands.savePdf },
        { type: "separator" },
        { label: "Se&ttings", accelerator: "CmdOrCtrl+,", click: () => commands.choose("settings") },
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
        { label: "Undo the Last &Mark…", click: () => commands.choose("undo-mark") },
      ],
    },
    {
      label: "&Go",
      submenu: [
        { label: "&Go to Anything…", accelerator: "CmdOrCtrl+K", click: () => commands.choose("palette") },
        { label: "&Find on the Screen", accelerator: "CmdOrCtrl+F", click: () => commands.choose("find") },
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
    { role: "help", submenu: [{ label: "&Guided Tour", click: () => commands.choose("tour") }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
