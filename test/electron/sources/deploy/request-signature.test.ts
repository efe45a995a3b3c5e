import { describe, expect, it } from "vitest";
import { canonicalRequest, signRequest } from "../../../../electron/sources/deploy/codedeploy/request-signature.ts";

// The figures are those of AWS's published test suite for Signature Version 4, and of the example in its guide.
const key = { id: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const at = "20150830T123600Z";
const headers = { "host": "example.amazonaws.com", "x-amz-date": at };
const common = { method: "GET", headers, body: "", region: "us-east-1", service: "service", at };
const signatureOf = (header: string) => /Signature=([0-9a-f]{64})$/.exec(header)?.[1];

describe("a request to AWS is signed as AWS published it", () => {
  it.each([
    ["get-vanilla", "GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
    [
      "get-vanilla-query-order-key-case",
      "GET",
      "/?Param2=value2&Param1=value1",
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ],
    ["post-vanilla", "POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
  ])("%s", (_name, method, path, signature) => {
    const url = new URL(path, "https://example.amazonaws.com");
    expect(signatureOf(signRequest(key, { ...common, method, url }))).toBe(signature);
  });

  it("the guide's example: ListUsers of IAM", () => {
    const request = {
      ...common,
      url: new URL("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
      service: "iam",
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "host": "iam.amazonaws.com",
        "x-amz-date": at,
      },
    };
    expect(signRequest(key, request)).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    );
    expect(canonicalRequest(request)).toContain("Action=ListUsers&Version=2010-05-08\n");
  });
});
