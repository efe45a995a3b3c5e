import { type Command, Option } from "commander";
import { NewKeyType } from "../../../shared/model/signing-key.ts";
import { type Runner, textOption } from "../command.ts";
import { addKeyOptions, addPassphraseOptions, describeIdentity, readKey, readSecretOf } from "./signing-options.ts";

export function addIdentityCommands(program: Command, { run }: Runner): void {
  const identity = program.command("identity").description("the key that bundles are signed with");
  const create = identity
    .command("create <pkcs12>")
    .description("make a private root and a signing certificate, kept in a new PKCS#12 file")
    .requiredOption("--name <name>", "who signs")
    .requiredOption("--organisation <name>", "for whom")
    .addOption(new Option("--key-type <type>", "kind of key").choices(NewKeyType.options).default("rsa-3072"));
  addPassphraseOptions(create);
  create.action(
    run<[string]>(async ({ output, engine }, options, pkcs12Path) => {
      const view = await (await engine()).keep("identity.create", {
        pkcs12Path,
        passphrase: await readSecretOf(options, "passphrase", "passphrase"),
        commonName: textOption(options, "name"),
        organisation: textOption(options, "organisation"),
        keyType: options.keyType as NewKeyType,
      });
      output.result(view, describeIdentity(view));
    }),
  );
  const show = identity
    .command("show [pkcs12]")
    .description("show the certificate and its fingerprint, of a file or of a key on a token");
  addKeyOptions(show);
  show.action(
    run<[string | undefined]>(async ({ output, engine }, options, pkcs12Path) => {
      const view = await (await engine()).keep("identity.read", { key: await readKey(options, pkcs12Path) });
      output.result(view, describeIdentity(view));
    }),
  );
}
