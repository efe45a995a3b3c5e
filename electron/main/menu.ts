import { app, Menu, type MenuItemConstructorOptions } from "electron";

export interface MenuCommands {
  openEngagement(): void;
  verifyBundle(): void;
  openDemo(): void;
}

/** The native menu, in each system's own order and with its own shortcuts. */
export function setMenu(commands: MenuCommands): void {
  const isMac = process.platform === "darwin";
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: "appMenu" } satisfies MenuItemConstructorOptions] : []),
    {
      label: "&File",
      submenu: [
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
        { role: isMac ? "close" : "quit" },
      ],
    },
    { role: "editMenu" },
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
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
