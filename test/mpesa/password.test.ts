import { expect, test } from "vitest";
import { stkPassword } from "../../src/mpesa/password.js";
import { sandboxPasskey, sandboxShortcode } from "../support/clients.js";

test("the sample of Daraja's documentation", () => {
  // Daraja docs, "M-Pesa Express", sample request, read 2026-11.
  expect(stkPassword(sandboxShortcode, sandboxPasskey, "20210628092408")).toBe(
    "MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGExZWQyYzkxOTIwMjEwNjI4MDkyNDA4",
  );
});
