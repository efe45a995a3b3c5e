import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { protocol } from "electron";

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

/** Serves the files of one folder, and nothing outside of it. */
export function serveApp(folder: string): void {
  protocol.handle("app", async (request) => {
    const path = request.method === "GET" ? resolveInside(folder, request.url) : undefined;
    const type = path && contentTypes[extname(path)];
    if (!path || !type) {
      return answer(404, "text/plain", "Not found");
    }
    try {
      return answer(200, type, new Uint8Array(await readFile(path)));
    } catch {
      return answer(404, "text/plain", "Not found");
    }
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

function answer(status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    status,
    headers: {
      "Content-Type": type,
      "Content-Security-Policy": contentSecurityPolicy,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-cache",
    },
  });
}
