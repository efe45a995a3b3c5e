import { TickmarkError } from "../../../shared/errors.ts";
import type { FailedAttempt } from "./attempt.ts";
import { OtherCertificate } from "./pinned-agent.ts";
import { publicUrl } from "./public-url.ts";

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECRYPT)|ALTNAME|ERR_TLS/;
const notTls = /ERR_SSL|EPROTO/;
const unknownHost = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME"]);
const passing = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "EAI_AGAIN", "UND_ERR_SOCKET", "UND_ERR_CONNECT_TIMEOUT"]);

/** The fault of a request that got no answer at all, from the code that Node gives for it. */
export function connectionFailure(url: URL, thrown: unknown): FailedAttempt {
  const code = codeOf(thrown);
  return {
    fault: new TickmarkError("http-unreachable", ...explain(url, code, thrown), { cause: thrown }),
    retry: passing.has(code) ? "backoff" : "never",
  };
}

export function timeoutFailure(url: URL, timeoutMs: number): FailedAttempt {
  const fault = new TickmarkError(
    "http-timeout",
    `GET ${publicUrl(url)} was not answered in full within ${timeoutMs / 1000} seconds.`,
    "Check the connection to this host, then pull again: it goes on from where it stopped.",
  );
  return { fault, retry: "backoff" };
}

/** The connection closed, or decoding failed, before the body was complete. */
export function cutFailure(url: URL, thrown: unknown): FailedAttempt {
  return { fault: truncated(url, "ended before it was complete", thrown), retry: "backoff" };
}

export function truncated(url: URL, what: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "http-truncated",
    `The answer of ${publicUrl(url)} ${what}; nothing of it was kept.`,
    "Pull again; if it happens again, look for a proxy between here and the host that cuts answers.",
    { cause },
  );
}

export function tooLargeFailure(url: URL, limit: number): FailedAttempt {
  const fault = new TickmarkError(
    "response-invalid",
    `The answer of ${publicUrl(url)} is larger than ${Math.round(limit / 1048576)} MiB, more than any real page.`,
    "Check that the source's address is right.",
  );
  return { fault, retry: "never" };
}

function explain(url: URL, code: string, thrown: unknown): [message: string, action: string] {
  const where = publicUrl(url);
  if (thrown instanceof OtherCertificate) {
    return [
      `${url.host} shows another certificate than the source names: ${thrown.shown || "none"}; the token was not sent.`,
      "Ask whoever runs the host whether its certificate was renewed, and compare the fingerprint on another way before you name it in trustCertificate.",
    ];
  }
  if (code === "ERR_PROXY_TUNNEL") {
    return [
      `The proxy did not open a way to ${url.host} (${code}).`,
      "Check the source's proxy, or HTTPS_PROXY and NO_PROXY, and whether the proxy lets this host through.",
    ];
  }
  if (certificateCodes.test(code)) {
    return [
      `The certificate of ${url.host} is not trusted (${code}), so ${where} was not asked.`,
      "Check the address; if the organisation has a certificate authority of its own, name its file in the source's caFile or in NODE_EXTRA_CA_CERTS; a self-signed certificate can be named by its fingerprint in trustCertificate.",
    ];
  }
  if (notTls.test(code)) {
    return [
      `${url.host} does not speak TLS as an https address promises (${code}).`,
      "Check the address, its port, and whether it starts with https or http.",
    ];
  }
  if (unknownHost.has(code)) {
    return [`The host ${url.host} is not known (${code}).`, "Check the address, the network and the name server."];
  }
  if (code === "ECONNREFUSED") {
    return [`${url.host} refuses connections.`, "Check the address and the port, and that the server is running."];
  }
  return [
    `GET ${where} got no answer (${code}).`,
    "Check the network, a VPN or a proxy, then pull again: it goes on from where it stopped.",
  ];
}

function codeOf(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ("code" in error && typeof error.code === "string") return error.code;
  }
  return thrown instanceof Error ? thrown.name : "unknown";
}
