import { readdirSync, readFileSync } from "node:fs";
import * as mpesaEntry from "mobile-money/mpesa";
import * as mtnMomoEntry from "mobile-money/mtn-momo";
import { describe, expect, test } from "vitest";
import { mtnMomoKeys, sandboxPasskey, sandboxShortcode } from "./support/clients.js";
import { faultsOfSuites, methodsOf, suitesIn } from "./support/suites.js";

const momo = new mtnMomoEntry.MtnMomoClient({ environment: "sandbox", ...mtnMomoKeys });
const mpesa = new mpesaEntry.MpesaClient({
  environment: "sandbox",
  consumerKey: "key",
  consumerSecret: "secret",
  shortcode: sandboxShortcode,
  passkey: sandboxPasskey,
});

/** What the facade asks of a client: other operations in its own words, or nobody. `mobile-money.test.ts` tests them. */
const facadeMethods = ["collect", "payOut", "supports", "parseCallback"];
/** Functions of an entry that ask a provider: all but the classes and the parsers of callbacks. */
const functionsOf = (entry: object): string[] =>
  Object.entries(entry)
    .filter(([name, value]) => typeof value === "function" && !/^([A-Z]|parse)/.test(name))
    .map(([name]) => name);

const methods = [...methodsOf(momo, "momo"), ...methodsOf(mpesa, "mpesa")];
const facade = ["momo", "mpesa"].flatMap((client) => facadeMethods.map((name) => `${client}.${name}`));
const operations = [
  ...methods.filter((name) => !facade.includes(name)),
  ...functionsOf(mtnMomoEntry),
  ...functionsOf(mpesaEntry),
];

const suites = ["test/mtn-momo", "test/mpesa"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .flatMap((path) => suitesIn(readFileSync(`${folder}/${path}`, "utf8"))),
);

describe("every operation has its five cases", () => {
  test("and every suite its operation", () => {
    expect(faultsOfSuites(operations, suites)).toEqual([]);
  });

  test("the operations are found", () => {
    expect(operations).toEqual(
      expect.arrayContaining([
        "momo.lookUp",
        "momo.waitForOutcome",
        "momo.collection.requestToPay",
        "momo.disbursement.transfer",
        "mpesa.stk.push",
        "mpesa.stk.query",
        "createSandboxUser",
      ]),
    );
  });

  test("what is left to the facade's tests is still there", () => {
    expect(methods).toEqual(expect.arrayContaining(facade));
  });
});

describe("the check catches", () => {
  test("an operation without a suite", () => {
    class Resource {
      refund(): void {}
    }
    class Client {
      readonly collection = new Resource();
      push(): void {}
    }
    expect(faultsOfSuites(methodsOf(new Client(), "planted"), ["planted.push"])).toEqual([
      "planted.collection.refund has no suite",
    ]);
  });

  test("a suite twice, and one of no operation", () => {
    expect(faultsOfSuites(["a"], ["a", "a", "b"])).toEqual(["a has several suites", "b is no operation"]);
  });

  test.each([
    ["a comment", '// operation("a", cases);'],
    ["a text", "const text = 'operation(\"a\", cases)';"],
    ["a suite that runs on a condition", 'if (false) operation("a", cases);'],
    ["a suite in a function", 'function never() { operation("a", cases); }'],
    ["another function", 'operations("a", cases);'],
    ["a suite without cases", 'operation("a");'],
    ["a name that is put together", "operation(`a`, cases);"],
  ])("%s, which is no suite", (_, source) => {
    expect(suitesIn(source)).toEqual([]);
  });

  test("nothing wrong with a suite", () => {
    expect(suitesIn('import x from "x";\noperation("a", { exactRequest() {} });')).toEqual(["a"]);
  });
});
