import { z } from "zod";
import type { AccessEvent } from "../../model/production-facts.ts";
import { readArray } from "../array-evidence.ts";
import type { FormatReader } from "../format-reader.ts";
import { type ElementReader, parseShape } from "../json-evidence.ts";
import { Text, Time } from "../shapes.ts";

const Identity = z.object({
  type: Text,
  principalId: Text,
  arn: Text,
  accountId: Text,
  userName: Text,
  invokedBy: Text,
  onBehalfOf: z.object({ userId: Text }).nullish(),
  sessionContext: z.object({ sessionIssuer: z.object({ userName: Text, arn: Text }).partial().nullish() }).nullish(),
});

const Shape = z.object({
  eventID: z.string().min(1),
  eventTime: Time,
  eventSource: Text,
  eventName: z.string(),
  awsRegion: Text,
  sourceIPAddress: Text,
  recipientAccountId: Text,
  errorCode: Text,
  readOnly: z.union([z.boolean(), z.string()]).nullish(),
  userIdentity: Identity.nullish(),
  responseElements: z.looseObject({ ConsoleLogin: z.unknown() }).partial().nullish().catch(null),
});
type Shape = z.infer<typeof Shape>;

/** Files of CloudTrail (`Records`), or a bare list of its events. Its times are AWS's own. */
export const readCloudtrail: FormatReader = (input) => readArray(input, ["/Records", ""], readEvent);

const readEvent: ElementReader = (element, origin) => {
  const parsed = parseShape(Shape, element);
  if ("reason" in parsed) return parsed;
  const event = parsed.data;
  const service = event.eventSource.replace(/\.amazonaws\.com$/, "");
  const fact: AccessEvent = {
    kind: "access-event",
    origin,
    id: event.eventID,
    log: "CloudTrail",
    host: event.recipientAccountId || event.userIdentity?.accountId || "",
    at: event.eventTime,
    ...whoIn(event.userIdentity),
    action: actionOf(event, service),
    what: [service, event.eventName].filter(Boolean).join(":"),
    writes: writesOf(event),
    from: event.sourceIPAddress,
  };
  return [fact];
};

/** Who called and, where a role was assumed, as what: the session's name is what whoever assumed it gave. */
function whoIn(identity: Shape["userIdentity"]): Pick<AccessEvent, "by" | "as"> {
  if (!identity) return { by: "", as: "" };
  const session = identity.principalId.split(":")[1] ?? "";
  const role = identity.sessionContext?.sessionIssuer?.userName ?? "";
  switch (identity.type) {
    case "Root":
      return { by: "root", as: "" };
    case "AssumedRole":
      return { by: session || identity.principalId, as: role };
    case "IdentityCenterUser":
      return { by: identity.onBehalfOf?.userId ?? identity.userName, as: "" };
    case "AWSService":
      return { by: identity.invokedBy, as: "" };
    default:
      return { by: identity.userName || session || identity.principalId || identity.accountId, as: "" };
  }
}

const accountChanges =
  /^(?:Create|Delete|Update|Attach|Detach|Put|Add|Remove|Enable|Disable|Deactivate|Change|Upload|Tag|Untag|Set|Resync).*(?:User|Group|Role|Policy|AccessKey|LoginProfile|MFADevice|Password|Credential|SSHPublicKey|Provider)/;

function actionOf({ eventName, errorCode, responseElements }: Shape, service: string): AccessEvent["action"] {
  if (eventName === "ConsoleLogin") return responseElements?.ConsoleLogin === "Success" ? "login" : "login-refused";
  if (/AccessDenied|UnauthorizedOperation|NotAuthorized/.test(errorCode)) return "command-refused";
  return service === "iam" && accountChanges.test(eventName) ? "account-change" : "api-call";
}

/** CloudTrail says itself which calls only read; records from before it did are judged by the verb of their name. */
function writesOf({ eventName, readOnly }: Shape): boolean | null {
  if (eventName === "ConsoleLogin") return false;
  if (readOnly === true || readOnly === "true") return false;
  if (readOnly === false || readOnly === "false") return true;
  return /^(?:Get|List|Describe|Head|Lookup|BatchGet|Search|Query|Scan|View)[A-Z]/.test(eventName) ? false : null;
}
