import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { type ProtocolResponse, protocol } from "electron";

/** Where the window's pages live. Nothing else is ever loaded into a window. */
export const appOrigin = "app://tickmark";

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Must run before the application is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Serves the files of one folder, and nothing outside of it. With `protocol.handle`, which Electron would rather have, the
 * first screen waits for streams and a whole HTTP client to be loaded for the sake of three small files: a sixth of what
 * this process does before that screen stands.
 */
export function serveApp(folder: string): void {
  protocol.registerBufferProtocol("app", (request, respond) => {
    const path = request.method === "GET" ? resolveInside(folder, request.url) : undefined;
    const type = path && contentTypes[extname(path)];
    const refuse = () => respond(answer(404, "text/plain", Buffer.from("Not found")));
    if (!path || !type) return refuse();
    readFile(path).then((content) => respond(answer(200, type, content)), refuse);
  });
}

/** The file that an address means, or undefined where it means none of this application's. */
export function resolveInside(folder: string, address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "app:" || url.host !== "tickmark") {
    return undefined;
  }
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (name.includes("\0") || name.includes("\\")) {
    return undefined;
  }
  const path = normalize(join(folder, name === "/" ? "index.html" : name));
  return path.startsWith(folder + sep) ? path : undefined;
}

function answer(statusCode: number, mimeType: string, data: Buffer): ProtocolResponse {
  return {
    statusCode,
    mimeType,
    data,
    headers: {
      "Content-Type": mimeType,
      "Content-Security-Policy": contentSecurityPolicy,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-cache",
    },
  };
}
