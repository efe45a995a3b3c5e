import { Agent, type AgentOptions } from "node:https";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";

type Created = (error: Error | null, stream: Duplex) => void;

/** Thrown while connecting when the server shows another certificate than the one that the source names. */
export class OtherCertificate extends Error {
  readonly code = "TICKMARK_OTHER_CERTIFICATE";
  /** `sha256:…` of the certificate that was shown; empty where none was. */
  readonly shown: string;

  constructor(shown: string) {
    super(`the server shows the certificate ${shown}`);
    this.shown = shown;
  }
}

/**
 * Accepts one certificate, by its fingerprint, and no other, whoever signed it. The handshake proves that the server
 * holds its key, so this is stricter than any chain. A connection is handed over only after the fingerprint was
 * compared: not a byte of a request, and so no token, is sent before.
 */
export class PinnedAgent extends Agent {
  readonly #pin: string;

  constructor(options: AgentOptions, pin: string) {
    // A resumed session would not show the certificate again, so none is kept.
    super({ ...options, rejectUnauthorized: false, maxCachedSessions: 0 });
    this.#pin = pin;
  }

  override createConnection(options: Parameters<Agent["createConnection"]>[0], callback?: Created): undefined {
    const hand = (error: Error | null, stream?: Duplex | null) => {
      if (error !== null || !(stream instanceof TLSSocket)) fail(error ?? new OtherCertificate(""));
      else this.#check(stream, (socket) => callback?.(null, socket), fail);
    };
    // Node's types ask for a stream even beside an error; Node itself looks at the error first.
    const fail = (error: Error) => callback?.(error, undefined as unknown as Duplex);
    let taken = false;
    const once = (error: Error | null, stream?: Duplex | null) => {
      if (taken) return;
      taken = true;
      hand(error, stream);
    };
    const direct = super.createConnection(options, once);
    // Through a proxy this is the way to the proxy; the connection to the host comes later.
    if (direct instanceof TLSSocket) once(null, direct);
  }

  #check(socket: TLSSocket, accept: (socket: TLSSocket) => void, refuse: (error: Error) => void): void {
    const compare = () => {
      socket.off("error", refuse);
      const shown = fingerprintOf(socket);
      if (shown === this.#pin) return accept(socket);
      socket.destroy();
      refuse(new OtherCertificate(shown));
    };
    socket.once("error", refuse);
    if (socket.getProtocol() !== null && fingerprintOf(socket) !== "") compare();
    else socket.once("secureConnect", compare);
  }
}

function fingerprintOf(socket: TLSSocket): string {
  const { fingerprint256 } = socket.getPeerCertificate();
  return fingerprint256 ? `sha256:${fingerprint256.replaceAll(":", "").toLowerCase()}` : "";
}
