import type { AskedDocument } from "../../../../shared/model/catalog.ts";
import type { Item } from "../../../../shared/model/item.ts";
import type { PopulationKind } from "../../../../shared/model/population-kind.ts";
import type { AccessEvent, ConvergenceRun } from "../../../../shared/model/production-facts.ts";
import { buildPopulation } from "../../../../shared/population/build-population.ts";
import { History, loginOf, period } from "../../population/history.ts";
import { repository } from "./released-story.ts";

/** Moment of a detected change, in week 2026-W06. */
const found = "2026-02-04T10:00:00.000Z";
const sha256Of = (name: string) => Buffer.from(name.padEnd(32, ".")).toString("hex").slice(0, 64);

interface Attested {
  readonly occurrence?: string;
  readonly by?: string;
  readonly at?: string;
  readonly done?: readonly string[];
  readonly open?: readonly string[];
  /** Document that is attached; null for none. */
  readonly document?: string | null;
  readonly received?: boolean;
}

interface ToldRun {
  readonly revision?: string;
  readonly changed?: readonly string[];
  readonly startedAt?: string;
  /** Null where the report does not say. */
  readonly finishedAt?: string | null;
  readonly outcome?: ConvergenceRun["outcome"];
}

/**
 * What the entity does beside its changes: weeks, quarters, incidents, production. Persons: mia manages, olaf operates, ada
 * and ben develop, robo is a bot, nora has no role.
 */
export class EntityStory {
  readonly history = new History();
  /** Items of the populations that a case is about: by its id or the beginning of it. */
  about: string;
  asked: AskedDocument[] = [];
  period = period;

  constructor(about: string) {
    this.about = about;
    this.history
      .with("comments", "access", "detections", "convergence", "attachments", "attestations")
      .person("mia", { roles: ["management"] })
      .person("olaf", { roles: ["operations"] })
      .person("robo", { roles: ["bot"] })
      .person("nora", { roles: [] });
  }

  /** Attested as it should be: by mia, with all that is ticked and a document that was handed over. */
  attest(control: string, done: readonly string[], given: Attested = {}): this {
    const { occurrence = this.about, by = "mia", at = "2026-02-10T09:00:00.000Z" } = given;
    const { document = `${control} ${occurrence}.pdf`, received = true } = given;
    const ticked = (given.done ?? done).map((id) => ({ id, done: true, note: "" }));
    const left = (given.open ?? []).map((id) => ({ id, done: false, note: "" }));
    this.history.fact({
      ...{ kind: "attestation", id: `${control} ${occurrence} ${by} ${at}`, control, occurrence, by: loginOf(by), at },
      ...{ checklist: [...ticked, ...left], note: "" },
      documents: document === null ? [] : [{ sha256: sha256Of(document), name: document }],
    });
    if (document !== null && received) this.#hand(document);
    return this;
  }

  #hand(name: string): void {
    this.history.received({
      origin: { evidence: sha256Of(name), place: "", source: "documents" },
      ...{ kind: "attachment", name, note: "", mediaType: "application/pdf", size: 1 },
    });
  }

  /** A document whose name names an incident. */
  document(name: string): this {
    this.history.fact({ kind: "attachment", name, note: "", mediaType: "application/pdf", size: 1 });
    return this;
  }

  detectorRun(
    given: { detector?: string; host?: string; changes?: number; succeeded?: boolean; at?: string } = {},
  ): this {
    const { detector = "AIDE", host = "web1", changes = 0, succeeded = true, at = "2026-02-03T01:00:00.000Z" } = given;
    this.history.fact({ kind: "detector-run", detector, host, at, objects: null, changes, succeeded });
    return this;
  }

  access(by: string, action: AccessEvent["action"], what: string, writes: boolean | null): this {
    this.history.fact({
      ...{ kind: "access-event", id: "1", log: "auth.log", host: "web1", at: found, by: loginOf(by), as: "root" },
      ...{ action, what, writes, from: "" },
    });
    return this;
  }

  detected(path = "/etc/app.conf"): this {
    this.history.fact({
      ...{ kind: "detected-change", id: "", detector: "AIDE", host: "web1", at: found, detail: "SHA256", severity: "" },
      ...{ since: "2026-02-03T10:00:00.000Z", what: "changed", path },
    });
    return this;
  }

  /** The configuration tool ran: between the detector's runs, and to its end, unless told otherwise. */
  converged(given: ToldRun = {}): this {
    const { startedAt = "2026-02-04T04:00:00.000Z", outcome = "changed", changed = ["File[/etc/app.conf]"] } = given;
    const afterwards = new Date(Date.parse(startedAt) + 60_000).toISOString();
    this.history.fact({
      ...{ kind: "convergence-run", tool: "puppet", id: `run ${startedAt} ${given.revision}`, host: "web1" },
      ...{ environment: "production", revision: given.revision || this.#released(), startedAt, outcome },
      changed: [...changed],
      finishedAt: given.finishedAt === undefined ? afterwards : given.finishedAt,
    });
    return this;
  }

  deployed(byPipeline = true, at = "2026-02-04T05:00:00.000Z"): this {
    this.history.deploy(this.#released(), { at, byPipeline });
    return this;
  }

  #commit = "";
  #released(): string {
    if (this.#commit === "") {
      this.#commit = this.history.commit({ at: 0 });
      this.history.main(this.#commit);
    }
    return this.#commit;
  }

  incident(given: Parameters<History["ticket"]>[1] = {}): this {
    this.history.ticket(this.about, { type: "Production incident", createdAt: found, summary: "Down", ...given });
    return this;
  }

  followedBy(key: string, given: Parameters<History["ticket"]>[1] = {}): this {
    this.history.ticket(key, { createdAt: "2026-02-05T09:00:00.000Z", ...given });
    return this.linkedTo(key);
  }

  linkedTo(key: string): this {
    this.history.fact({ kind: "ticket-link", key: this.about, relation: "is followed by", to: key, url: "" });
    return this;
  }

  /** A change that names a ticket, with what it touched; nothing where that is not known. It comes after the incident. */
  changed(key: string, ...paths: readonly string[]): this {
    return this.brought(key, paths);
  }

  brought(key: string, paths: readonly string[], given: { at?: number; status?: string } = {}): this {
    const commit = this.history.commit({ at: given.at ?? 80, message: `${key} Learn from it\n` });
    this.history.main(commit);
    if (paths.length > 0) {
      const touched = paths.map((path) => ({ path, status: given.status ?? "A" }));
      this.history.fact({ kind: "changed-paths", repository, commit, paths: touched });
    }
    return this;
  }

  /**
   * Merged requests, each written by one and approved by the other.
   * @param pairs `author reviewer`, one for each request
   */
  reviewed(pairs: readonly string[], given: { lines?: number; hours?: number; comment?: boolean } = {}): this {
    let tip = this.history.commit({ at: 0 });
    for (const [index, pair] of pairs.entries()) {
      const [author = "", reviewer = ""] = pair.split(" ");
      const number = index + 1;
      const opened = index * 20;
      const head = this.history.commit({ by: author, parents: [tip], at: opened });
      tip = this.history.merge(tip, head, { by: author, at: opened + 19 });
      const createdAt = new Date(Date.parse("2026-01-05T09:00:00.000Z") + opened * 3_600_000).toISOString();
      const approvedAt = new Date(Date.parse(createdAt) + (given.hours ?? 2) * 3_600_000).toISOString();
      this.history
        .request(number, { head, mergeCommit: tip, author: loginOf(author), createdAt, hour: opened + 19 })
        .review(number, reviewer, head, { at: approvedAt });
      const { lines = 50, comment = true } = given;
      if (lines > 0) {
        const size = { added: lines, removed: 0, files: 1 };
        this.history.fact({ kind: "request-details", repository, request: number, labels: [], size });
      }
      if (comment) this.history.review(number, reviewer, head, { state: "commented", at: approvedAt });
    }
    this.history.main(tip);
    return this;
  }

  item(population: PopulationKind): Item {
    const { period, asked } = this;
    const items: readonly Item[] = buildPopulation(this.history.input(), { period, asked }).items[population];
    const found = items.find(({ id }) => id.startsWith(this.about));
    if (!found) throw new Error(`There is no ${population} ${this.about}.`);
    return found;
  }
}
