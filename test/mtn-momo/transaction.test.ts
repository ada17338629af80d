import fc from "fast-check";
import { IdempotencyConflictError, OutcomeUnknownError } from "mobile-money";
import { describe, expect, test } from "vitest";
import { type Answer, broken, empty, html, json, meanwhile, silence } from "../support/answers.js";
import { firstReference, setUpMtnMomo } from "../support/clients.js";
import { failure } from "../support/failure.js";
import { walletError } from "./answers.js";
import { notFound, wireTransaction } from "./asked-payment.js";
import { requestToPay, type Sending, sending, transfer } from "./products.js";

const duplicate = walletError(
  409,
  "RESOURCE_ALREADY_EXIST",
  "Duplicated reference id. Creation of resource failed.",
);

describe.each([requestToPay, transfer])("$operation whose reference MTN knows already", (kind) => {
  const sendRoute = `POST ${kind.path}`;
  const readRoute = `GET ${kind.path}/${firstReference}`;
  const asked: Sending = { ...sending, externalId: "order-1001" };
  const taken = { reference: firstReference, status: "pending", merchantReference: "order-1001" };

  const setUp = (...reads: [Answer, ...Answer[]]) => {
    const setup = setUpMtnMomo();
    setup.host.answer(sendRoute, duplicate);
    setup.host.answer(readRoute, ...reads);
    return setup;
  };
  /** The transaction that was asked for, as MTN shows it, with some fields changed. */
  const shown = (changes: object = {}) => json(200, wireTransaction(kind, { amount: "12.5", ...changes }));

  test("shown as the same payment: it is this one", async () => {
    const { client, host, run } = setUp(shown());
    await expect(run(kind.send(client, asked))).resolves.toMatchObject(taken);
    expect(host.to(sendRoute)).toHaveLength(1);
    expect(host.to(readRoute)).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ["a broken connection", broken],
    ["a time-out", silence],
    ["a 500 without a body", empty(500)],
    ["an unreadable answer", html(200)],
  ])("after %s: sent again with the same reference, looked up, and found to be this one", async (_, lost) => {
    const { client, host, run } = setUp(shown());
    host.answer(sendRoute, lost, duplicate);
    await expect(run(kind.send(client, asked))).resolves.toMatchObject(taken);
    const [first, second, ...others] = host.to(sendRoute);
    expect(second).toStrictEqual(first);
    expect(others).toEqual([]);
    expect(first?.headers["x-reference-id"]).toBe(firstReference);
  });

  test.each([
    ["zeros that were added", { amount: "12.500" }],
    [
      "numbers for texts",
      { amount: 12.5, [kind.partyField]: { partyIdType: "MSISDN", partyId: 46700000001 } },
    ],
    ["no messages", { payerMessage: undefined, payeeNote: undefined }],
    ["a payment that failed meanwhile", { status: "FAILED", reason: "EXPIRED" }],
    ["a status that is not known", { status: "ONGOING" }],
  ])("shown with %s: the same payment still", async (_, changes) => {
    const { client, run } = setUp(shown(changes));
    await expect(run(kind.send(client, asked))).resolves.toMatchObject(taken);
  });

  test.each([
    ["another amount", { amount: "12.51" }],
    ["another currency", { currency: "UGX", amount: "12" }],
    ["another phone number", { [kind.partyField]: { partyIdType: "MSISDN", partyId: "46700000002" } }],
    ["another external id", { externalId: "order-1002" }],
    ["nothing in common", { amount: "1", externalId: "x" }],
  ])("shown with %s → IdempotencyConflictError", async (_, changes) => {
    const { client, host, run } = setUp(shown(changes));
    const error = await run(failure(kind.send(client, asked)));
    expect(error).toBeInstanceOf(IdempotencyConflictError);
    expect(error).toMatchObject({
      code: "idempotency_conflict",
      provider: "mtn_momo",
      reference: firstReference,
      isRetryable: false,
      message: expect.stringContaining(`${firstReference} was used before`),
      remedy: expect.any(String),
    });
    expect(host.to(sendRoute)).toHaveLength(1);
  });

  test("not visible yet: looked up again after 1, 2 and 4 s", async () => {
    const { client, host, clock, run } = setUp(notFound, notFound, notFound, shown());
    await expect(run(kind.send(client, asked))).resolves.toMatchObject(taken);
    expect(host.to(readRoute)).toHaveLength(4);
    expect(host.to(sendRoute)).toHaveLength(1);
    expect(clock.monotonic()).toBe(7_000);
  });

  test("not visible yet, then shown as another payment → IdempotencyConflictError", async () => {
    const { client, run } = setUp(notFound, shown({ amount: "1" }));
    await expect(run(failure(kind.send(client, asked)))).resolves.toMatchObject({
      code: "idempotency_conflict",
    });
  });

  const unproved: readonly (readonly [title: string, read: Answer, reads: number])[] = [
    ["never visible", notFound, 4],
    ["not shown: connection broken", broken, 3],
    ["not shown: no answer", silence, 3],
    ["not shown: MTN is down", walletError(503, "SERVICE_UNAVAILABLE"), 3],
    ["not shown: refused", json(403, { statusCode: 403, message: "Forbidden" }), 1],
    ["not shown: an HTML page", html(200), 3],
    ["shown without an amount", shown({ amount: undefined }), 1],
    ["shown with an amount that can't be read", shown({ amount: "12,50" }), 1],
    ["shown without a currency", shown({ currency: undefined }), 1],
    ["shown without a phone number", shown({ [kind.partyField]: undefined }), 1],
    ["shown without an external id", shown({ externalId: undefined }), 1],
  ];
  test.each(unproved)(
    "%s: neither this payment nor another is proved → OutcomeUnknownError",
    async (_, read, reads) => {
      const { client, host, run } = setUp(read);
      const error = await run(failure(kind.send(client, asked)));
      expect(error).toBeInstanceOf(OutcomeUnknownError);
      expect(error).toMatchObject({
        code: "outcome_unknown",
        reference: firstReference,
        pending: { provider: "mtn_momo", operation: kind.operation, reference: firstReference },
        isRetryable: true,
      });
      expect(host.to(sendRoute)).toHaveLength(1);
      expect(host.to(readRoute)).toHaveLength(reads);
    },
  );

  test("an abort while it is looked up → OutcomeUnknownError with the reason as its cause", async () => {
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const { client, host, run } = setUp(meanwhile(() => controller.abort(reason), silence));
    const error = await run(failure(kind.send(client, asked, { signal: controller.signal })));
    expect(error).toMatchObject({ code: "outcome_unknown", reference: firstReference });
    expect(error.cause).toBe(reason);
    expect(host.to(readRoute)).toHaveLength(1);
  });
});

describe("a request to pay, whatever MTN answers", () => {
  const doubtful: readonly Answer[] = [broken, silence, empty(500), html(502), html(200), empty(409)];
  const clear: readonly Answer[] = [
    empty(202),
    empty(400),
    empty(401),
    walletError(500, "INVALID_CURRENCY"),
    empty(429),
    duplicate,
  ];

  test("is one payment under one reference, and never reported as refused after a doubt", async () => {
    const answers = fc.array(fc.constantFrom(...doubtful, ...clear), { minLength: 1, maxLength: 5 });
    const property = fc.asyncProperty(answers, async (scripted) => {
      const { client, host, run } = setUpMtnMomo();
      const given: Answer[] = [];
      const script = [...scripted];
      host.answer("POST /collection/v1_0/requesttopay", (request) => {
        const next = (script.length > 1 ? script.shift() : script[0]) as Answer;
        given.push(next);
        return next(request);
      });
      host.answer(`GET /collection/v1_0/requesttopay/${firstReference}`, notFound);

      const ended = await run(
        requestToPay.send(client, sending).then(
          ({ status }) => status as string,
          ({ code }) => code as string,
        ),
      );
      const sent = host.to("POST /collection/v1_0/requesttopay");
      expect(sent.length).toBeLessThanOrEqual(4);
      for (const { headers, body } of sent) {
        expect(headers["x-reference-id"]).toBe(firstReference);
        expect(body).toStrictEqual(sent[0]?.body);
      }
      const last = given.at(-1) as Answer;
      const wasDoubtful = given.some((answer) => doubtful.includes(answer));
      if (last === clear[0]) expect(ended).toBe("pending");
      else if (last === duplicate || wasDoubtful) expect(ended).toBe("outcome_unknown");
      else expect(["request_rejected", "authentication_failed", "rate_limited"]).toContain(ended);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
