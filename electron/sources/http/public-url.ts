import { TickmarkError } from "../../../shared/errors.ts";

/** An address as messages show it: without query, user name and password. */
export function publicUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/**
 * Reads a source's base address.
 * @returns the address, its path ending in a slash
 * @throws source-invalid
 */
export function parseBaseUrl(address: string): URL {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new TickmarkError(
      "source-invalid",
      "The source's address is not an http or https address.",
      "Give an address that starts with https://.",
    );
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new TickmarkError(
      "source-invalid",
      `The source's address ${publicUrl(url)} carries a user name, password, query or fragment.`,
      "Leave them out of the address; the token belongs in the keychain, a variable or a file.",
    );
  }
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** True when the way to the server is neither encrypted nor inside this machine: then answers could be changed on the way. */
export function isUnencrypted(url: URL): boolean {
  return url.protocol === "http:" && !loopback.test(url.hostname);
}
