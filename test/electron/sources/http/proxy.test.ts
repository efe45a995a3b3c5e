import { expect, it } from "vitest";
import { createJsonClient, type JsonClientOptions } from "../../../../electron/sources/http/json-client.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { NetworkSettings } from "../../../../shared/model/network-settings.ts";
import { quickLimits } from "../code-host/fake-github.ts";
import { startCertified } from "./certificates-under-test.ts";
import { startProxy } from "./loopback-proxy.ts";
import { sendJson, startServer } from "./loopback-server.ts";

const token = "ghp_TheSecretThatMustNeverShow";

function clientOf(baseUrl: string, changes: Partial<JsonClientOptions>) {
  const signal = new AbortController().signal;
  const headers = { authorization: `Bearer ${token}` };
  return createJsonClient({ baseUrl, headers, limits: quickLimits, signal, variables: {}, ...changes });
}

it("a source's proxy opens a tunnel to the host, and sees nothing of what passes through", async () => {
  const [server, proxy] = [await startCertified("authority"), await startProxy()];
  const client = clientOf(server.url, { network: { proxy: proxy.url, caFile: server.caFile } });
  await expect(client.get("user")).resolves.toMatchObject({ status: 200 });
  expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  expect(proxy.passed().length).toBeGreaterThan(0);
  expect(proxy.passed()).not.toContain(token);
});

it("a certificate is compared with its fingerprint through a proxy too", async () => {
  const [server, other, proxy] = [await startCertified("itself"), await startCertified("itself"), await startProxy()];
  const ask = (trustCertificate: string) =>
    clientOf(server.url, { network: { proxy: proxy.url, trustCertificate } }).get("user");
  await expect(ask(server.fingerprint)).resolves.toMatchObject({ status: 200 });
  await expect(ask(other.fingerprint)).rejects.toMatchObject({ code: "http-unreachable" });
  expect(server.asked).toHaveLength(1);
  expect(proxy.asked).toHaveLength(2);
});

it("a proxy of the environment is asked for other hosts, never for those that it excepts and never for this machine", async () => {
  const [server, proxy] = [
    await startServer((_seen, response) => sendJson(response, {})),
    await startProxy({ refuseWith: 502 }),
  ];
  const variables = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, NO_PROXY: "excepted.invalid" };
  await clientOf(server.url, { variables }).get("user");
  expect(proxy.asked).toEqual([]);
  await clientOf("https://excepted.invalid", { variables })
    .get("user")
    .catch(() => undefined);
  expect(proxy.asked).toEqual([]);
  await clientOf("https://code.invalid", { variables })
    .get("user")
    .catch(() => undefined);
  expect(proxy.asked).toEqual(["CONNECT code.invalid:443"]);
});

it("a proxy that refuses the way is told as the proxy's refusal", async () => {
  const proxy = await startProxy({ refuseWith: 403 });
  const fault = faultOf(
    await clientOf("https://code.invalid", { network: { proxy: proxy.url } })
      .get("user")
      .catch((error: unknown) => error),
  );
  expect(fault).toMatchObject({
    code: "http-unreachable",
    message: expect.stringContaining("proxy did not open a way"),
  });
});

it("a proxy's password never stands in a source", () => {
  expect(NetworkSettings.safeParse({ proxy: "http://me:secret@proxy.example.test:3128" }).success).toBe(false);
  expect(NetworkSettings.safeParse({ proxy: "http://proxy.example.test:3128" }).success).toBe(true);
});
