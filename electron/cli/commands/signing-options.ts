import { type Command, Option } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import { SignerRole } from "../../../shared/model/signer-role.ts";
import type { SigningKey, TimestampAuthority, TokenPlace } from "../../../shared/model/signing-key.ts";
import type { SecretPlace } from "../../../shared/model/source-parts.ts";
import type { IdentityView, TimestampView } from "../../../shared/model/view.ts";
import { textOption } from "../command.ts";

const passphraseOptions = [
  new Option("--passphrase-env <name>", "environment variable with the identity's passphrase"),
  new Option("--passphrase-file <path>", "file with the identity's passphrase"),
] as const;

const tokenOptions = [
  new Option("--token-module <path>", "PKCS#11 library of a token with the signing key, in place of a file"),
  new Option("--token-label <label>", "which token, when several are there"),
  new Option("--key-label <label>", "which key on the token, by label"),
  new Option("--key-id <hex>", "which key on the token, by id"),
  new Option(
    "--certificate <file>",
    "the key's certificate and those above it in PEM, when the token does not hold them",
  ),
  new Option("--pin-env <name>", "environment variable with the token's PIN"),
  new Option("--pin-file <path>", "file with the token's PIN"),
] as const;

type Options = Record<string, unknown>;

export function addPassphraseOptions(command: Command): void {
  for (const option of passphraseOptions) command.addOption(option);
}

/** What opens the signing key, in a file or on a token. */
export function addKeyOptions(command: Command): void {
  command.option("--holder <name>", "which key of the file, by its certificate's common name or SHA-256");
  addPassphraseOptions(command);
  for (const option of tokenOptions) command.addOption(option);
}

export function addTimestampOptions(command: Command): void {
  command
    .option("--tsa <url>", "timestamp authority (RFC 3161) to ask for timestamps")
    .option("--tsa-policy <oid>", "policy under which it shall give them");
}

export function addRoleOption(command: Command, role: SignerRole): void {
  const option = new Option("--role <role>", "what you sign as: your own claim, which the signature carries");
  command.addOption(option.choices(SignerRole.options).default(role));
}

/**
 * @param pkcs12Path of the identity file; not given for a token
 * @throws TickmarkError `usage`, `secret-missing`
 */
export async function readKey(options: Options, pkcs12Path: string | undefined): Promise<SigningKey> {
  const onToken = options.tokenModule !== undefined;
  if (onToken && pkcs12Path === undefined)
    return { token: readTokenPlace(options), pin: await readSecretOf(options, "pin", "PIN") };
  if (!onToken && pkcs12Path !== undefined) {
    const passphrase = await readSecretOf(options, "passphrase", "passphrase");
    return { pkcs12Path, passphrase, ...given(options, "holder", "certificate") };
  }
  throw new TickmarkError(
    "usage",
    onToken ? "Two signing keys were given, in a file and on a token." : "No signing key was given.",
    "Give an identity file (--identity PKCS12), or --token-module with a token.",
  );
}

export function readTimestampAuthority(options: Options): { timestamp?: TimestampAuthority } {
  if (options.tsa === undefined) {
    if (options.tsaPolicy === undefined) return {};
    throw new TickmarkError(
      "usage",
      "A policy was given without a timestamp authority.",
      "Give the authority with --tsa.",
    );
  }
  return { timestamp: { url: textOption(options, "tsa"), ...given(options, "tsaPolicy", "policy") } };
}

/** @throws TickmarkError `usage`, `secret-missing` */
export async function readSecretOf(options: Options, name: "passphrase" | "pin", called: string): Promise<string> {
  const place: SecretPlace | undefined =
    options[`${name}Env`] !== undefined
      ? { in: "environment", name: textOption(options, `${name}Env`) }
      : options[`${name}File`] !== undefined
        ? { in: "file", path: textOption(options, `${name}File`) }
        : undefined;
  if (!place) {
    throw new TickmarkError(
      "usage",
      `The identity's ${called} was not given.`,
      `Give --${name}-env NAME or --${name}-file PATH; a ${called} never stands in an argument.`,
    );
  }
  const { readSecret } = await import("../../engine/secrets.ts");
  return readSecret(place);
}

function readTokenPlace(options: Options): TokenPlace {
  return {
    modulePath: textOption(options, "tokenModule"),
    ...given(options, "tokenLabel", "tokenLabel"),
    ...given(options, "keyLabel", "keyLabel"),
    ...given(options, "keyId", "keyId"),
    ...given(options, "certificate", "certificatePath"),
  };
}

function given<K extends string>(options: Options, name: string, as: K): { [P in K]?: string } {
  return (options[name] === undefined ? {} : { [as]: textOption(options, name) }) as { [P in K]?: string };
}

export function describeIdentity(view: IdentityView): string[] {
  return [
    `${view.subject} (${view.keyType})`,
    `Fingerprint: ${view.fingerprint}`,
    `Valid from ${view.validFrom} to ${view.validTo}`,
  ];
}

export function describeTimestamp(view: TimestampView | null): string[] {
  if (view === null) return ["Without a timestamp: add one with `tickmark timestamp BUNDLE --tsa URL`."];
  if (view.failure === null) return [`Timestamp by ${view.url}`];
  return [`WITHOUT A TIMESTAMP: ${view.failure}`, "  Add one later: tickmark timestamp BUNDLE --tsa URL"];
}
