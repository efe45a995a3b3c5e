import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createJsonClient } from "../../../../electron/sources/http/json-client.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { NetworkSettings } from "../../../../shared/model/network-settings.ts";
import { quickLimits } from "../code-host/fake-github.ts";
import { temporaryFolder } from "../pull-double.ts";
import { startCertified } from "./certificates-under-test.ts";

const token = "ghp_TheSecretThatMustNeverShow";

function clientOf(baseUrl: string, network: NetworkSettings = {}, baseFolder = ".") {
  const signal = new AbortController().signal;
  const headers = { authorization: `Bearer ${token}` };
  return createJsonClient({ baseUrl, headers, limits: quickLimits, signal, network, baseFolder });
}

async function faultFrom(baseUrl: string, network?: NetworkSettings) {
  const thrown = await clientOf(baseUrl, network)
    .get("user")
    .catch((error: unknown) => error);
  const fault = faultOf(thrown);
  expect(`${fault.message} ${fault.action}`).not.toContain(token);
  return fault;
}

it("a certificate that nobody here vouches for is named, and the token is not sent", async () => {
  const server = await startCertified("itself");
  const fault = await faultFrom(server.url);
  expect(fault.code).toBe("http-unreachable");
  expect(fault.message).toMatch(/certificate .* not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
  expect(fault.action).toContain("NODE_EXTRA_CA_CERTS");
  expect(server.asked).toHaveLength(0);
});

it("an authority of the organisation is trusted when its file is named, relative to the engagement", async () => {
  const server = await startCertified("authority");
  expect((await faultFrom(server.url)).code).toBe("http-unreachable");
  await expect(clientOf(server.url, { caFile: server.caFile }).get("user")).resolves.toMatchObject({ status: 200 });
  const [folder, name] = [server.caFile.slice(0, server.caFile.lastIndexOf("/")), "root"];
  await expect(clientOf(server.url, { caFile: name }, folder).get("user")).resolves.toMatchObject({ status: 200 });
});

it("an authority vouches only for the name in the certificate", async () => {
  const server = await startCertified("authority", "DNS:code.example.test");
  const fault = await faultFrom(server.url, { caFile: server.caFile });
  expect(fault.message).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
  expect(server.asked).toHaveLength(0);
});

it("a file of authorities that is missing or holds no certificate is told before anything is asked", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "ca.pem"), "nothing");
  const code = (caFile: string) => {
    try {
      clientOf("https://127.0.0.1:1", { caFile }, folder);
    } catch (thrown) {
      return faultOf(thrown).code;
    }
    return null;
  };
  expect([code("missing.pem"), code("ca.pem")]).toEqual(["file-missing", "source-invalid"]);
});

it.each(["itself", "authority"] as const)(
  "a certificate signed by %s is accepted by its fingerprint alone, also under another name, and asked many times",
  async (signedBy) => {
    const server = await startCertified(signedBy, "DNS:old-name.example.test");
    const client = clientOf(server.url, { trustCertificate: server.fingerprint });
    await Promise.all([client.get("user"), client.get("repo")]);
    await client.get("again");
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(Array(3).fill(`Bearer ${token}`));
  },
);

it("another certificate than the named one is refused before a byte of the request is sent", async () => {
  const [server, other] = [await startCertified("itself"), await startCertified("itself")];
  const fault = await faultFrom(server.url, { trustCertificate: other.fingerprint });
  expect(fault.code).toBe("http-unreachable");
  expect(fault.message).toContain(server.fingerprint);
  expect(fault.message).toContain("the token was not sent");
  expect(server.asked).toHaveLength(0);
});

it("a fingerprint is read with colons and capitals as openssl prints it, and nothing else passes for one", () => {
  const digits = "AB".repeat(32);
  const printed = (digits.match(/../g) ?? []).join(":");
  expect(NetworkSettings.parse({ trustCertificate: `sha256:${printed}` }).trustCertificate).toBe(
    `sha256:${digits.toLowerCase()}`,
  );
  for (const wrong of [digits, "sha256:ab", `sha1:${digits}`, "sha256:"])
    expect(NetworkSettings.safeParse({ trustCertificate: wrong }).success).toBe(false);
});

it("a host without encryption is not given the token, unless the source allows it", async () => {
  expect(() => clientOf("http://code.example.test")).toThrow(expect.objectContaining({ code: "source-invalid" }));
  expect(() => clientOf("http://code.example.test", { allowUnencrypted: true })).not.toThrow();
  expect(() => clientOf("http://127.0.0.1:1")).not.toThrow();
});
