import type { Item, ItemOf } from "./item.ts";
import type { PersonRef } from "./person.ts";
import type { PopulationKind } from "./population-kind.ts";
import type { ItemRow } from "./view.ts";

/** An item as a row of a list: of whatever population, in the same columns. */
export function viewRow(population: PopulationKind, item: Item): ItemRow {
  const row = (rows[population] as (item: Item) => Omit<ItemRow, "id">)(item);
  return { id: item.id, ...row };
}

const rows: { readonly [K in PopulationKind]: (item: ItemOf<K>) => Omit<ItemRow, "id"> } = {
  "change": (item) => ({
    title: item.title,
    repository: item.repository,
    at: item.at,
    kind: item.kind,
    people: namesOf(item.authors),
    reference: item.ticketKeys.join(", "),
  }),
  "deployment": (item) => ({
    title: `${shorten(item.revision)} to ${item.environment}`,
    repository: item.repository,
    at: item.at,
    kind: item.place,
    people: item.account.name,
    reference: item.revision,
  }),
  "week": viewOccurrence,
  "quarter": viewOccurrence,
  "incident": (item) => ({
    title: item.title,
    repository: "",
    at: item.at,
    kind: item.ticket.type,
    people: namesOf([item.ticket.assignee]),
    reference: item.followUps.map(({ key }) => key).join(", "),
  }),
  "access-event": (item) => ({
    title: item.what,
    repository: item.host,
    at: item.at,
    kind: item.action,
    people: namesOf([item.by]),
    reference: item.as,
  }),
  "detected-change": (item) => ({
    title: `${item.path} ${item.what}`,
    repository: item.host,
    at: item.at,
    kind: item.detector,
    people: "",
    reference: item.explanations.map(({ id }) => id).join(", "),
  }),
  "document": (item) => ({
    title: item.title,
    repository: "",
    at: item.at,
    kind: item.control,
    people: namesOf(item.attestations.map(({ by }) => by)),
    reference: item.attestations.flatMap(({ documents }) => documents.map(({ name }) => name)).join(", "),
  }),
  "review-pattern": (item) => ({
    title: `${item.approved} approved changes by ${item.authors} authors, ${item.reviewers} reviewers`,
    repository: item.repository,
    at: item.at,
    kind: "",
    people: namesOf([item.largestReviewer]),
    reference: "",
  }),
};

function viewOccurrence(item: ItemOf<"week" | "quarter">): Omit<ItemRow, "id"> {
  return {
    title: `${item.id}${item.whole ? "" : ", in part"}: ${countWhat(item)}`,
    repository: "",
    at: item.from,
    kind: item.whole ? "whole" : "part",
    people: namesOf(item.attestations.map(({ by }) => by)),
    reference: item.attestations.map(({ control }) => control).join(", "),
  };
}

function countWhat({ attestations, detections }: ItemOf<"week" | "quarter">): string {
  const runs = detections.reduce((sum, each) => sum + each.runs, 0);
  const changes = detections.reduce((sum, each) => sum + each.changes, 0);
  const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;
  const detected = detections.length === 0 ? [] : [many(runs, "detector run"), `${many(changes, "change")} found`];
  return [many(attestations.length, "attestation"), ...detected].join(", ");
}

/** Whole commit ids leave no room for the rest of a line. */
function shorten(revision: string): string {
  return /^[0-9a-f]{40,}$/.test(revision) ? revision.slice(0, 12) : revision;
}

function namesOf(people: readonly PersonRef[]): string {
  return [...new Set(people.map(({ name }) => name))].filter((name) => name !== "").join(", ");
}
