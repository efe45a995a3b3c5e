import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { type AgentOptions, Agent as HttpsAgent } from "node:https";
import { resolve } from "node:path";
import { getCACertificates } from "node:tls";
import { TickmarkError } from "../../../shared/errors.ts";
import type { NetworkSettings } from "../../../shared/model/network-settings.ts";
import { PinnedAgent } from "./pinned-agent.ts";

/** The connections of one client: kept open between requests, through a proxy where one is named. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/**
 * @param baseFolder relative paths of the source start here
 * @throws file-missing when the file of certificate authorities cannot be read
 */
export function createAgents(
  network: NetworkSettings = {},
  baseFolder = ".",
  variables: ProxyVariables = process.env,
): Agents {
  const common = { keepAlive: true, proxyEnv: proxyOf(network, variables) };
  const https: AgentOptions = { ...common, ...authoritiesOf(network, baseFolder) };
  const { trustCertificate } = network;
  return {
    http: new HttpAgent(common),
    https: trustCertificate === undefined ? new HttpsAgent(https) : new PinnedAgent(https, trustCertificate),
  };
}

/** A proxy that the environment names is never asked for this machine's own addresses; one that the source names is. */
function proxyOf({ proxy }: NetworkSettings, variables: ProxyVariables): NodeJS.ProcessEnv {
  if (proxy !== undefined) return { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  const read = (name: string) => variables[name.toLowerCase()] || variables[name] || "";
  const [httpProxy, httpsProxy] = [read("HTTP_PROXY"), read("HTTPS_PROXY")];
  const never = [read("NO_PROXY"), "localhost", "127.0.0.1", "::1", "[::1]"].filter((part) => part !== "").join(",");
  return {
    ...(httpProxy === "" ? {} : { HTTP_PROXY: httpProxy }),
    ...(httpsProxy === "" ? {} : { HTTPS_PROXY: httpsProxy }),
    NO_PROXY: never,
  };
}

/** The file's authorities are trusted besides the usual ones, never in place of checking. */
function authoritiesOf({ caFile }: NetworkSettings, baseFolder: string): Pick<AgentOptions, "ca"> {
  if (caFile === undefined) return {};
  const path = resolve(baseFolder, caFile);
  let pem: string;
  try {
    pem = readFileSync(path, "utf8");
  } catch (cause) {
    throw new TickmarkError(
      "file-missing",
      `The file of certificate authorities ${caFile} cannot be read.`,
      "Check the source's caFile; relative paths start at the engagement's folder.",
      { cause },
    );
  }
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) {
    throw new TickmarkError(
      "source-invalid",
      `The file ${caFile} holds no certificate in PEM form.`,
      "Give a file whose certificates stand between BEGIN CERTIFICATE and END CERTIFICATE.",
    );
  }
  return { ca: [...getCACertificates("default"), pem] };
}
