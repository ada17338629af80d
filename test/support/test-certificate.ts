import { createPrivateKey } from "node:crypto";

/** A self-signed certificate for 127.0.0.1 and localhost, and its published key: for tests alone, worth nothing. */
export const testCertificate: { readonly cert: string; readonly key: string } = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBcTCCARegAwIBAgIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5mb3IgdGVz
dHMgb25seTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGTEXMBUG
A1UEAwwOZm9yIHRlc3RzIG9ubHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQA
pY80XbFgCLjJdYMkBi1bECgbAndOwLYWLQjgoqTHKRTVhB4rSFP4ZVE2n0uC1txL
0LHfqeqX3Q5m/bJTyRgQo04wTDAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGH
BH8AAAGCCWxvY2FsaG9zdDAdBgNVHQ4EFgQUzgoXsMrToCora/Mos+0PqdkAiWQw
CgYIKoZIzj0EAwIDSAAwRQIgB4rwcmbcRQVSqWZsU5rMmzIFGeJjiHJpGPZT9ReR
6DsCIQD5ZPHOFCq+zvwhhHgiL1WbYe5qIbte+0CBW0VqUF05Gw==
-----END CERTIFICATE-----`,
  key: createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: "AKWPNF2xYAi4yXWDJAYtWxAoGwJ3TsC2Fi0I4KKkxyk",
      y: "FNWEHitIU_hlUTafS4LW3EvQsd-p6pfdDmb9slPJGBA",
      d: "hs3hJWTcoiKWrOqa82uh0LkGbI26u6lyLt-AMdhg7bc",
    },
  })
    .export({ type: "pkcs8", format: "pem" })
    .toString(),
};
