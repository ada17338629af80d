import { describe, expect, test } from "vitest";
import { baseUrlProblems, isLoopback } from "../../src/core/base-url.js";
import { createHttp } from "../../src/core/http.js";
import { createManualClock } from "../support/manual-clock.js";

const safe = [
  "https://proxy.momoapi.mtn.com",
  "https://proxy.momoapi.mtn.com/",
  "https://gateway.shop.example:8443/momo/",
  "HTTPS://API.EXAMPLE",
  "https://bücher.example",
  "https://[2001:db8::1]/",
  "http://localhost:3000",
  "http://LOCALHOST",
  "http://127.0.0.1:8080",
  "http://127.8.9.10",
  "http://[::1]:8080",
];

const unsafe = [
  // other ways to write 127.0.0.1: a loopback address must stand there in so many words
  "http://127.1",
  "http://0x7f.1",
  "http://2130706433",
  "http://0177.0.0.1",
  "http://127.0.0.1.",
  "http:\\\\127.0.0.1\\",
  "",
  "api.example",
  "//api.example",
  "/momo",
  "https://",
  "https:// api.example",
  "http://api.example",
  "http://127.0.0.1.evil.example",
  "http://127.0.0.1@evil.example",
  "http://127.0.0.1:80@evil.example",
  "http://localhost@evil.example",
  "http://localhost.evil.example",
  "http://evil.example#localhost",
  "http://evil.example\\@localhost",
  "http://evil.example/localhost",
  "http://127.0.0.1/?to=evil",
  "http://0.0.0.0:8080",
  "http://0",
  "http://[::]",
  "http://[::ffff:127.0.0.1]",
  "http://[::ffff:169.254.169.254]",
  "http://169.254.169.254/latest/meta-data",
  "http://metadata.google.internal",
  "http://192.168.1.1",
  "http://10.0.0.1",
  "http://128.0.0.1",
  "http://locaⅼhost.evil.example",
  "https://user@api.example",
  "https://user:password@api.example",
  "https://:password@api.example",
  "https://api.example?key=1",
  "https://api.example/#part",
  "https://api.example?",
  "https://api.example#",
  "https://api.example/momo?",
  "ftp://api.example",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/plain,1",
  "blob:https://api.example/1",
  "ws://localhost",
  "wss://api.example",
  "localhost:3000",
];

describe("baseUrlProblems", () => {
  test.each(safe)("takes %j", (baseUrl) => {
    expect(baseUrlProblems(baseUrl)).toEqual([]);
  });

  test.each(unsafe)("refuses %j", (baseUrl) => {
    expect(baseUrlProblems(baseUrl)).toEqual([
      { field: "baseUrl", message: "is not a safe address", remedy: expect.stringContaining("https") },
    ]);
  });

  test.each([undefined, null, 5, {}, [], true])("refuses %j, which is no text", (baseUrl) => {
    expect(baseUrlProblems(baseUrl as string)).toHaveLength(1);
  });

  /** Read as an address by the URL standard all the same. */
  const framed = [
    " https://api.example",
    "https://api.example ",
    "https://api.example\n",
    "\thttps://api.example\r\n",
  ];
  test.each([...safe, ...framed, ...unsafe])(
    "takes %j only if requests then go to that host and path",
    async (baseUrl) => {
      if (baseUrlProblems(baseUrl).length > 0) return expect([...unsafe, ...framed]).toContain(baseUrl);
      const seen: Request[] = [];
      const fetch = async (request: Request) => {
        seen.push(request);
        return new Response();
      };
      const http = createHttp({ baseUrl, fetch, clock: createManualClock() });
      await http.send({ method: "GET", path: "/token/", query: { a: "b" } }, { timeoutMs: 1 });
      const base = new URL(baseUrl);
      expect(seen.map(({ url }) => url)).toEqual([
        `${base.origin}${base.pathname.replace(/\/$/, "")}/token/?a=b`,
      ]);
    },
  );
});

describe("isLoopback", () => {
  test.each(["localhost", "127.0.0.1", "127.255.255.255", "[::1]"])("%s is", (hostname) => {
    expect(isLoopback(hostname)).toBe(true);
  });

  test.each([
    "",
    "localhost.example",
    "127.0.0.1.example",
    "example127.0.0.1",
    "128.0.0.1",
    "0.0.0.0",
    "::1",
    "[::]",
    "[::11]",
    "127.0.0.1\n",
  ])("%j is not", (hostname) => {
    expect(isLoopback(hostname)).toBe(false);
  });
});
