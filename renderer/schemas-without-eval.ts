import { config } from "zod/v4/core";

// zod compiles schemas with `new Function` where it may. The content security policy forbids it, and even trying is a
// violation: this must be imported before anything that parses.
config({ jitless: true });
