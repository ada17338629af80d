import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestInvalidError } from "../../src/core/errors.js";
import { isMobileMoneyError, refuse } from "../../src/core/errors.js";
import {
  amount,
  anything,
  type FieldReader,
  filled,
  msisdn,
  optional,
  readFields,
  reference,
  text,
  withFieldNames,
} from "../../src/core/fields.js";
import { failure, rejection } from "../support/failure.js";

const uuid = "8c4f2d57-0f5e-4a53-8a7e-6b8f6d7d0c21";

/** The issues with which a call refuses its input. */
function issuesOf(call: () => unknown) {
  try {
    call();
  } catch (error) {
    if (isMobileMoneyError(error) && error.code === "request_invalid") return error.issues;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("readFields", () => {
  interface Shape {
    readonly name: string;
    readonly note?: string | undefined;
    readonly extra?: unknown;
  }
  const plain = text(10, /^[a-z]*$/, "letters");
  const read = (input: unknown) =>
    readFields<Shape>(input, { name: plain, note: optional(plain), extra: anything }, "mpesa");

  test("gives the fields that are there", () => {
    const extra = { deep: [1] };
    expect(read({ name: "amina", extra })).toStrictEqual({ name: "amina", extra });
    expect(read({ name: "amina", note: undefined })).toStrictEqual({ name: "amina" });
  });

  test("tells of every problem at once, in the words of the request", () => {
    expect(issuesOf(() => read({ nmae: "amina", note: "NOTE" }))).toEqual([
      {
        field: "nmae",
        message: "is not a field of this request",
        remedy: "Remove it, or check its spelling.",
      },
      { field: "name", message: "is missing or empty", remedy: "Give name as text." },
      { field: "note", message: "has a character that the provider refuses", remedy: "Use letters only." },
    ]);
  });

  test("names the provider", () => {
    const thrown = (() => {
      try {
        return read({});
      } catch (error) {
        return error as RequestInvalidError;
      }
    })();
    expect(thrown).toMatchObject({ provider: "mpesa", code: "request_invalid" });
  });

  test.each([undefined, null, 5, "name", true, [], [{ name: "amina" }], () => ({ name: "amina" })])(
    "refuses %j, which is no request",
    (input) => {
      expect(issuesOf(() => read(input)).some(({ field }) => field === "name")).toBe(true);
    },
  );

  test("refuses __proto__ and constructor as fields, and takes nothing from them", () => {
    const input = JSON.parse('{"name":"amina","__proto__":{"note":"evil"},"constructor":{}}');
    expect(issuesOf(() => read(input)).map(({ field }) => field)).toEqual(["__proto__", "constructor"]);
  });

  test("lets an error that is no refusal through", () => {
    const broken: FieldReader<string> = () => {
      throw new TypeError("a bug");
    };
    expect(() => readFields<{ name: string }>({}, { name: broken }, "mpesa")).toThrow(new TypeError("a bug"));
  });

  test("never gives a field that was not asked for", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (input) => {
        try {
          expect(Object.keys(read(input)).every((field) => ["name", "note", "extra"].includes(field))).toBe(
            true,
          );
        } catch (error) {
          expect(isMobileMoneyError(error)).toBe(true);
        }
      }),
    );
  });
});

describe("filled", () => {
  test("takes any text that says something, as it is", () => {
    expect(filled(" a & é\n", "reference")).toBe(" a & é\n");
  });

  test.each([undefined, null, 5, {}, ["a"], "", " \n"])("refuses %j", (value) => {
    expect(issuesOf(() => filled(value, "reference"))).toEqual([
      { field: "reference", message: "is missing or empty", remedy: "Give reference as text." },
    ]);
  });
});

describe("text", () => {
  const read = text(12, /^[A-Za-z0-9 ]*$/, "letters, digits and spaces");

  test.each(["a", "ORDER 1042", "x".repeat(12), " a "])("takes %j", (value) => {
    expect(read(value, "note")).toBe(value);
  });

  test.each([
    [undefined, "is missing or empty"],
    [null, "is missing or empty"],
    [5, "is missing or empty"],
    [["a"], "is missing or empty"],
    ["", "is missing or empty"],
    [" \n", "is missing or empty"],
    ["x".repeat(13), "is longer than 12 characters"],
    ["a&b", "has a character that the provider refuses"],
    ["a\n", "has a character that the provider refuses"],
    ["a\r\nX", "has a character that the provider refuses"],
    ["a\u0000", "has a character that the provider refuses"],
    ["é", "has a character that the provider refuses"],
    ["😀", "has a character that the provider refuses"],
    ["\u202egnp", "has a character that the provider refuses"],
  ])("refuses %j", (value, message) => {
    expect(issuesOf(() => read(value, "note"))).toMatchObject([{ field: "note", message }]);
  });
});

describe("amount", () => {
  const shillings = amount({ currencies: ["KES"], wholeUnits: { least: 1n, most: 250_000n } });
  const any = amount({ currencies: ["UGX", "EUR"] });

  test.each([
    ["1", "1"],
    ["250000", "250000"],
    ["10.00", "10"],
    ["0010", "10"],
  ])("takes %s shillings as %s", (given, canonical) => {
    expect(shillings({ amount: given, currency: "KES" }, "amount")).toStrictEqual({
      amount: canonical,
      currency: "KES",
    });
  });

  test.each([
    ["0", "amount", "is not above zero"],
    ["-0", "amount", "is not above zero"],
    ["-1", "amount", "is not above zero"],
    ["0.50", "amount", "has a fraction"],
    ["10.01", "amount", "has a fraction"],
    ["250000.5", "amount", "has a fraction"],
    ["250001", "amount", "is out of the provider's limits"],
    ["999999999999999999", "amount", "is out of the provider's limits"],
    ["NaN", "amount.amount", expect.any(String)],
    ["1e21", "amount.amount", expect.any(String)],
    ["1.005", "amount.amount", expect.any(String)],
    [1, "amount.amount", expect.any(String)],
    [1e21, "amount.amount", expect.any(String)],
    [Number.NaN, "amount.amount", expect.any(String)],
  ])("refuses %s shillings", (given, field, message) => {
    expect(issuesOf(() => shillings({ amount: given, currency: "KES" }, "amount"))).toMatchObject([
      { field, message },
    ]);
  });

  test("refuses another currency, and names those it takes", () => {
    expect(issuesOf(() => any({ amount: "1", currency: "KES" }, "amount"))).toMatchObject([
      { field: "amount", message: "is in KES", remedy: "Give UGX or EUR." },
    ]);
    expect(issuesOf(() => any({ amount: "1", currency: "XXX" }, "amount"))).toMatchObject([
      { field: "amount.currency" },
    ]);
  });

  test("takes fractions where whole units are not asked for", () => {
    expect(any({ amount: "0.01", currency: "EUR" }, "amount")).toStrictEqual({
      amount: "0.01",
      currency: "EUR",
    });
  });

  test.each([undefined, null, 5, "5", {}, [], { amount: "5" }])("refuses %j", (value) => {
    expect(issuesOf(() => any(value, "price"))).toHaveLength(1);
  });
});

describe("msisdn", () => {
  test("reads a number of the country", () => {
    expect(msisdn("KE", false)("0712 345 678", "phoneNumber")).toBe("254712345678");
    expect(msisdn(undefined, false)("+256772123456", "payer")).toBe("256772123456");
  });

  test("takes an unusual one when that is allowed", () => {
    expect(msisdn("KE", true)("254999999999", "phoneNumber")).toBe("254999999999");
    expect(() => msisdn("KE", false)("254999999999", "phoneNumber")).toThrow();
  });

  test.each([undefined, null, 712345678, "", "call me", "256772123456"])(
    "refuses %j by its field",
    (value) => {
      expect(issuesOf(() => msisdn("KE", false)(value, "phoneNumber"))).toMatchObject([
        { field: "phoneNumber" },
      ]);
    },
  );
});

describe("reference", () => {
  test("is put into lower case", () => {
    expect(reference(uuid.toUpperCase(), "reference")).toBe(uuid);
  });

  test.each([undefined, null, "", "order-1042", `${uuid}\r\nX: 1`, `${uuid}/..`, 5])(
    "refuses %j",
    (value) => {
      expect(issuesOf(() => reference(value, "reference"))).toMatchObject([
        { field: "reference", message: "is not a version 4 UUID" },
      ]);
    },
  );
});

describe("withFieldNames", () => {
  const names = { phoneNumber: "from" };

  test("gives what the call gives", async () => {
    expect(await withFieldNames(names, async () => 5)).toBe(5);
  });

  test("tells problems in the caller's names, and leaves other names alone", async () => {
    const error = await failure(
      withFieldNames(names, async () =>
        readFields<{ phoneNumber: string; amount: string }>(
          {},
          { phoneNumber: (_, field) => refuse(field, "is wrong", "Fix it."), amount: text(5, /./, "digits") },
          "mpesa",
        ),
      ),
    );
    expect(error).toMatchObject({
      code: "request_invalid",
      provider: "mpesa",
      message: "The request is wrong: from: is wrong; amount: is missing or empty.",
      issues: [{ field: "from" }, { field: "amount" }],
    });
  });

  test("lets other errors through", async () => {
    const error = new Error("other");
    expect(await rejection(withFieldNames(names, () => Promise.reject(error)))).toBe(error);
  });
});
