// Playwright tells Electron to use no keyring. What is appended last holds, and this is loaded after Playwright's own.
require("electron").app.commandLine.appendSwitch("password-store", "gnome-libsecret");
