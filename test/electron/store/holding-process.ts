import { openEngagement, openForReading } from "../../../electron/store/engagement-file.ts";
import { faultOf } from "../../../shared/errors.ts";
import { instantOf } from "../../../shared/model/instant.ts";

/*
 * A process of its own, for tests of the lock: `holding-process.ts write|read PATH` opens the engagement, says "open" or
 * the fault's code, and keeps it until its input ends.
 */
const [how, path = ""] = process.argv.slice(2);

try {
  const store = how === "write" ? openEngagement(path, { now: () => instantOf(Date.now()) }) : openForReading(path);
  console.log("open");
  process.stdin.resume().on("end", () => store.close());
} catch (thrown) {
  console.log(faultOf(thrown).code);
}
