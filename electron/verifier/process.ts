/** Entry of the verifier's process: it opens bundles and has neither store nor network. */
import { TickmarkError } from "../../shared/errors.ts";
import { VerifyRequest } from "../../shared/ipc/keeper-contract.ts";
import { answerParent, type CallAnswerer } from "../process/call-port.ts";
import { verifyFiles } from "./verify-files.ts";

function createVerifier(emit: (event: string, payload: unknown) => void): CallAnswerer {
  const running = new Set<AbortController>();

  async function verify(request: unknown) {
    const parsed = VerifyRequest.safeParse(request);
    if (!parsed.success) throw unknownProcedure("bundle.verify with this request");
    const stopping = new AbortController();
    running.add(stopping);
    try {
      const onProgress = (progress: object) => emit("work-progress", progress);
      return await verifyFiles({ ...parsed.data, signal: stopping.signal, onProgress });
    } finally {
      running.delete(stopping);
    }
  }

  function cancel() {
    for (const stopping of running) stopping.abort();
    return { cancelled: running.size > 0 };
  }

  return {
    async call(procedure, request) {
      if (procedure === "bundle.verify") return verify(request);
      if (procedure === "bundle.cancel-verification") return cancel();
      throw unknownProcedure(procedure);
    },
    close: async () => void cancel(),
  };
}

function unknownProcedure(procedure: string): TickmarkError {
  return new TickmarkError("request-invalid", `The verifier cannot do ${procedure}.`, "Report this message.");
}

answerParent(createVerifier);
