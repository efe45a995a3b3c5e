import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PullContext, PullOutcome } from "../../../electron/sources/source-driver.ts";
import { faultOf } from "../../../shared/errors.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import { type Fault, type FaultProxy, type Mischief, startFaultProxy, strike } from "./fault-proxy.ts";
import { createPullDouble, type PullDouble } from "./pull-double.ts";
import { type Running, type SystemUnderFault, systemsUnderFault } from "./systems-under-fault.ts";

const period = resolvePeriod("2025-02-01", "2025-02-28", "UTC");
const noon = new Date("2025-06-01T12:00:00Z");
const anHour = 3_600_000;

interface Pulled {
  readonly running: Running;
  readonly double: PullDouble;
  readonly proxy: FaultProxy;
  readonly waits: readonly string[];
  readonly outcome: PullOutcome;
  /** Faults that interrupted the pull before it was taken up again, as they were worded. */
  readonly interruptions: readonly string[];
}

async function behindProxy(system: SystemUnderFault, settings: { fault?: Fault; date?: Date } = {}) {
  const running = await system.start();
  const { fault, date = noon } = settings;
  const proxy = await startFaultProxy({ target: running.target, date, pageSize: 10, ...(fault ? { fault } : {}) });
  return { running, proxy };
}

function contextOf(double: PullDouble, secret: string, waits: string[] = []): PullContext {
  const report = ({ what }: { what: string }) => {
    if (what.startsWith("waiting for")) waits.push(what);
  };
  return { ...double.context, now: () => noon.toISOString(), readSecret: () => secret, report };
}

/** Pulls to the end. A pull that an answer without sense interrupts is taken up again, as a person would. */
async function pullThrough(system: SystemUnderFault, settings: { fault?: Fault; date?: Date } = {}): Promise<Pulled> {
  const { running, proxy } = await behindProxy(system, settings);
  const [waits, interruptions]: [string[], string[]] = [[], []];
  let double = createPullDouble({ period });
  for (;;) {
    try {
      const outcome = await running.pullAt(proxy.url, contextOf(double, system.secret, waits));
      return { running, double, proxy, waits, outcome, interruptions };
    } catch (thrown) {
      const { code, message } = faultOf(thrown);
      if (code !== "response-invalid" || interruptions.length > 0) throw thrown;
      interruptions.push(message);
      double = createPullDouble({ after: double });
    }
  }
}

const calm = new Map<SystemUnderFault, Pulled>();
async function undisturbed(system: SystemUnderFault): Promise<Pulled> {
  const pulled = calm.get(system) ?? (await pullThrough(system));
  calm.set(system, pulled);
  return pulled;
}

type Stored = Pick<Pulled, "double" | "proxy">;

/** Evidence as a set, as the store keeps it, without the port that the proxy happened to have. */
function evidenceOf({ double, proxy }: Stored): string[] {
  const spelled = double.records.map(({ format, locator, bytes }) => {
    const text = Buffer.from(bytes).toString().replaceAll(proxy.url, "");
    return `${format} ${locator.replace(proxy.url, "")} ${hash("sha256", text)}`;
  });
  return [...new Set(spelled)].sort();
}

/** Everything that the records say, each thing once, whichever page it came on. */
function readingsOf({ double, running }: Pick<Pulled, "double" | "running">): string[] {
  const facts = double.records.flatMap((record) => {
    const { facts } = readEvidence({ ...record, sha256: "0".repeat(64), sourceId: running.source.id }, running.source);
    return facts.map(({ origin: _origin, ...said }) => JSON.stringify(said));
  });
  return [...new Set(facts)].sort();
}

/** How often each question was asked in vain before its answer came, from the request records. */
function vainAttempts({ double }: Stored): number {
  return double.requests.reduce((sum, { attempts }) => sum + attempts - 1, 0);
}

/** The outcome, without the one word in it that names the proxy's port. */
function withoutPort({ endpoint: _endpoint, ...said }: PullOutcome): Omit<PullOutcome, "endpoint"> {
  return said;
}

/** The outcome without settings: those hold for the moment in which they were read, by the earlier of both clocks. */
function ofThePeriod({ coverage, ...outcome }: PullOutcome) {
  return { ...withoutPort({ coverage, ...outcome }), coverage: coverage.filter(({ kind }) => kind !== "protection") };
}

/** Everything that an IPE record tells of how a pull went. */
function toldBy({ outcome, interruptions }: Pulled): string[] {
  return [...outcome.notes, ...outcome.tieOuts.map((tie) => JSON.stringify(tie)), ...interruptions];
}

/** Each question after the other in another way. */
function inTurn(mischiefs: readonly Mischief[], every: number): Fault {
  let [nth, struck] = [0, 0];
  return () => {
    nth += 1;
    if (nth % every !== 0) return null;
    struck += 1;
    return mischiefs[struck % mischiefs.length] ?? null;
  };
}

const passing: readonly Mischief[] = [
  { does: "answer", status: 429, headers: { "retry-after": "0.01" } },
  { does: "answer", status: 500 },
  { does: "reset" },
  { does: "cut", announced: "length" },
  { does: "cut", announced: "chunks" },
  { does: "cut", announced: "the half" },
];

describe.each(systemsUnderFault)("$name", (system) => {
  it("refuses, fails, resets and cuts in turn: the evidence is that of an undisturbed pull, and the attempts tell it", async () => {
    const calmly = await undisturbed(system);
    const pulled = await pullThrough(system, { fault: inTurn(passing, 2) });
    expect(pulled.proxy.struck.length).toBeGreaterThanOrEqual(passing.length);
    expect(evidenceOf(pulled)).toEqual(evidenceOf(calmly));
    expect(withoutPort(pulled.outcome)).toEqual(withoutPort(calmly.outcome));
    expect(vainAttempts(pulled)).toBe(pulled.proxy.struck.length);
    expect(pulled.waits).toHaveLength(Math.floor(pulled.proxy.struck.length / passing.length));
  });

  it("sends bytes slowly, but in time: that is no fault, and nothing is asked twice", async () => {
    const calmly = await undisturbed(system);
    const pulled = await pullThrough(system, { fault: inTurn([{ does: "drip" }], 5) });
    expect(pulled.proxy.struck.length).toBeGreaterThan(0);
    expect(evidenceOf(pulled)).toEqual(evidenceOf(calmly));
    expect(withoutPort(pulled.outcome)).toEqual(withoutPort(calmly.outcome));
    expect(vainAttempts(pulled)).toBe(0);
  });

  it.each([-7, 7])(
    "has a clock that is %i hours off: its own time is on record, and waits are held against it",
    async (hours) => {
      const calmly = await undisturbed(system);
      const date = new Date(noon.getTime() + hours * anHour);
      const refusal: Mischief = { does: "answer", status: 429, headers: { "retry-after": date.toUTCString() } };
      const pulled = await pullThrough(system, { fault: strike(refusal, (nth) => nth === 4), date });
      expect(evidenceOf(pulled)).toEqual(evidenceOf(calmly));
      expect(ofThePeriod(pulled.outcome)).toEqual(ofThePeriod(calmly.outcome));
      expect(vainAttempts(pulled)).toBe(1);
      const { requests } = pulled.double;
      expect(new Set(requests.map(({ serverDate }) => serverDate))).toEqual(new Set([date.toUTCString()]));
      expect(new Set(requests.map(({ at }) => at))).toEqual(new Set([noon.toISOString()]));
    },
  );

  it("lets the token expire halfway: nothing is stored half, and with a new one the pull ends in the same evidence", async () => {
    const calmly = await undisturbed(system);
    const half = Math.floor(calmly.double.requests.length / 2);
    const expired = strike(system.expired ?? { does: "answer", status: 401 }, (nth) => nth > half);
    const fault: Fault = (question) => (question.renewed ? null : expired(question));
    const { running, proxy } = await behindProxy(system, { fault });
    const broken = createPullDouble({ period });
    const thrown = await running.pullAt(proxy.url, contextOf(broken, system.secret)).catch((error: unknown) => error);
    expect(faultOf(thrown).code).toBe("http-unauthorised");
    const kept = evidenceOf({ double: broken, proxy });
    expect(kept.length).toBeGreaterThan(2);
    expect(evidenceOf(calmly)).toEqual(expect.arrayContaining(kept));
    expect(kept.length).toBeLessThan(evidenceOf(calmly).length);

    const resumed = createPullDouble({ after: broken });
    const outcome = await running.pullAt(proxy.url, contextOf(resumed, system.renewed));
    expect(evidenceOf({ double: resumed, proxy })).toEqual(evidenceOf(calmly));
    expect(outcome.counts).toEqual(calmly.outcome.counts);
    if (system.renewedIsAnother === true) expect(outcome.notes.join("\n")).toContain("It was begun as");
    else expect(withoutPort(outcome)).toEqual(withoutPort(calmly.outcome));
  });

  it.skipIf(system.lists.length === 0).each(
    system.lists.flatMap(({ what, matches, rows }): [what: string, does: string, fault: Fault][] => {
      const second = (mischief: Mischief): Fault => strike(mischief, (nth) => nth === 2, matches);
      return [
        [what, "the page before again", second({ does: "repeat" })],
        [what, "an empty page in the middle", second({ does: "empty", list: rows, goesOn: true })],
        [what, "an end too early", second({ does: "empty", list: rows, goesOn: false })],
      ];
    }),
  )("its list of %s has %s: nothing is lost or doubled, and the record tells it", async (_what, _does, fault) => {
    const calmly = await undisturbed(system);
    const pulled = await pullThrough(system, { fault });
    expect(pulled.proxy.wrong).toHaveLength(1);
    expect(readingsOf(pulled)).toEqual(readingsOf(calmly));
    expect(pulled.outcome.counts).toEqual(calmly.outcome.counts);
    for (const { expected, received } of pulled.outcome.tieOuts) expect(received).toBe(expected);
    expect(toldBy(pulled)).not.toEqual(toldBy(calmly));
  });
});
