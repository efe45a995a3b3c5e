import { safeStorage } from "electron";

/**
 * Whether this system has a keychain. On Linux, Electron falls back to a key that is the same everywhere; that is no
 * keychain, and whoever reads the file reads the secret.
 */
export function hasKeychain(): boolean {
  const isReal = process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text";
  return isReal && safeStorage.isEncryptionAvailable();
}
