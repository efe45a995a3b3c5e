import type { ResponseOf } from "../../shared/ipc/contract.ts";
import type { KeeperRequest } from "../../shared/ipc/keeper-contract.ts";
import type { KeptTokens } from "../../shared/model/kept-token.ts";
import type { SourceView } from "../../shared/model/view.ts";
import type { MainProcedures } from "./call-answers.ts";
import { TokenKeeper } from "./token-keeper.ts";

interface Engine {
  call(procedure: string, request: unknown): Promise<unknown>;
}

type TokenProcedure = "token.list" | "token.keep" | "token.remove" | "source.test" | "pull.run";

/** What needs the tokens of sources: keeping them, and the calls for which the engine is lent those that it will ask for. */
export function createTokenProcedures(engine: Engine, folder: string): Pick<MainProcedures, TokenProcedure> {
  const keeper = new TokenKeeper(folder, () => new Date().toISOString());
  const answer = async (act: Promise<void>): Promise<KeptTokens> => {
    await act;
    return keeper.list();
  };

  /** @param ids of the sources to be read; undefined for all */
  async function lend(ids: readonly string[] | undefined): Promise<Record<string, string>> {
    const views = (await engine.call("source.list", {})) as SourceView[];
    const wanted = views.filter(({ source }) => ids?.includes(source.id) ?? true);
    const lent: Record<string, string> = {};
    for (const { source } of wanted) {
      if (!("token" in source) || source.token.in !== "keychain") continue;
      const secret = await keeper.read(source.token.name);
      if (secret !== undefined) lent[source.token.name] = secret;
    }
    return lent;
  }

  return {
    "token.list": () => keeper.list(),
    "token.keep": ({ untilClosed = false, ...token }) => answer(keeper.keep({ ...token, untilClosed })),
    "token.remove": ({ name }) => answer(keeper.remove(name)),
    "source.test": async ({ id }) => {
      const request: KeeperRequest<"source.test"> = { id, tokens: await lend([id]) };
      return (await engine.call("source.test", request)) as ResponseOf<"source.test">;
    },
    "pull.run": async ({ sources }) => {
      const asked = sources === undefined ? {} : { sources };
      const request: KeeperRequest<"pull.run"> = { ...asked, tokens: await lend(sources) };
      return (await engine.call("pull.run", request)) as ResponseOf<"pull.run">;
    },
  };
}
