import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface SystemKeyring {
  /** What a program needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): void;
}

/** A session of its own with GNOME's keyring, unlocked and empty, as a desktop on Linux has one. */
export async function startKeyring(folder: string): Promise<SystemKeyring> {
  const data = join(folder, "keyring");
  mkdirSync(data, { recursive: true });
  const bus = spawn("dbus-daemon", ["--session", "--nofork", "--print-address"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [address] = (await once(bus.stdout, "data")) as [Buffer];
  const env = {
    DBUS_SESSION_BUS_ADDRESS: address.toString().trim(),
    XDG_DATA_HOME: data,
    XDG_CURRENT_DESKTOP: "GNOME",
  };
  const keyring = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "ignore", "ignore"],
  });
  keyring.stdin.end("a passphrase of the session\n");
  await ownsItsName(env);
  return {
    env,
    stop() {
      for (const child of [keyring, bus] as ChildProcess[]) child.kill();
    },
  };
}

async function ownsItsName(env: Record<string, string>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const asked = spawn(
      "dbus-send",
      [
        "--session",
        "--print-reply",
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus.NameHasOwner",
        "string:org.freedesktop.secrets",
      ],
      { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "ignore"] },
    );
    const chunks: Buffer[] = [];
    for await (const chunk of asked.stdout) chunks.push(chunk);
    if (Buffer.concat(chunks).toString().includes("boolean true")) return;
    await wait(50);
  }
  throw new Error("The keyring did not come up.");
}
