/** Entry of the verifier's process: it opens bundles and has neither store nor network. */
import { TickmarkError } from "../../shared/errors.ts";
import { VerifyRequest } from "../../shared/ipc/keeper-contract.ts";
import { answerParent, type CallAnswerer } from "../process/call-port.ts";
import { verifyFiles } from "./verify-files.ts";

function createVerifier(emit: (event: string, payload: unknown) => void): CallAnswerer {
  return {
    async call(procedure, request) {
      const parsed = VerifyRequest.safeParse(request);
      if (procedure !== "bundle.verify" || !parsed.success) {
        throw new TickmarkError("request-invalid", `The verifier cannot do ${procedure}.`, "Report this message.");
      }
      return verifyFiles({ ...parsed.data, onProgress: (progress) => emit("work-progress", progress) });
    },
    close: async () => undefined,
  };
}

answerParent(createVerifier);
