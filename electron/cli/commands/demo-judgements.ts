import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Demo } from "../../engine/steps/demo-step.ts";
import type { Client } from "../client.ts";

/** What the demo's auditor does beside the results: judges, writes up exceptions that management answers, and signs off. */
export async function judgeDemo(client: Pick<Client, "call">, { story }: Pick<Demo, "story">): Promise<void> {
  const { judgements, exceptions, signOffs } = story.judged;
  for (const { population, item, procedure, ...judged } of judgements) {
    const found = await findItem(client, population, item);
    await client.call("judgement.make", {
      ...judged,
      ...{ population, item: found, procedure: { ...procedure, documents: [] } },
    });
  }
  for (const { items, response, owner, due, ...writeUp } of exceptions) {
    const linked = [];
    for (const { population, item } of items)
      linked.push({ population, item: await findItem(client, population, item) });
    const { exception } = await client.call("exception.raise", { ...writeUp, items: linked });
    await client.call("exception.act", { kind: "answer", number: exception.number, response, owner, due });
  }
  for (const control of signOffs) {
    await client.call("sign-off.sign", { scope: { kind: "control", control }, role: "preparer" });
  }
}

/** @param part of the item's id, which no other item of the sample may have */
async function findItem(client: Pick<Client, "call">, population: PopulationKind, part: string): Promise<string> {
  const matrix = await client.call("evaluation.matrix", { population });
  const [found, ...others] = (matrix?.rows ?? []).filter(({ id }) => id.includes(part));
  if (found === undefined || others.length > 0)
    throw new Error(`The demo's sample does not have one ${population} ${part}.`);
  return found.id;
}
