import { hash } from "node:crypto";
import type { Digest } from "../../shared/model/digest.ts";

/** SHA-256 by Node, for the pure stages, which have none of their own. */
export const digest: Digest = (content) => hash("sha256", content, "hex");
