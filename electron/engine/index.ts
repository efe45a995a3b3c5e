/** Entry of the engine's process. The store is loaded when the first engagement is opened, not here. */
import { answerParent } from "../process/call-port.ts";
import { removeLeftCopies } from "./bundle-copies.ts";
import { createEngine } from "./handlers.ts";

answerParent(createEngine);
void removeLeftCopies();
