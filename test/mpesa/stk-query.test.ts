import { ProviderUnavailableError, RequestRejectedError } from "mobile-money";
import { expect, test } from "vitest";
import { type Answer, empty, json } from "../support/answers.js";
import { mpesaHost, mpesaRoutes, setUpMpesa } from "../support/clients.js";
import { operation } from "../support/operation.js";
import { readCases } from "../support/read-cases.js";
import { refusals } from "../support/refusals.js";
import {
  acknowledgement,
  darajaError,
  mpesaRefusals,
  queryAnswer,
  requestId,
  strangeAnswers,
} from "./answers.js";
import { callHeaders, signature, tokenRequest } from "./requests.js";

const checkoutRequestId = acknowledgement.CheckoutRequestID;

operation("mpesa.stk.query", {
  exactRequest() {
    test("signed anew, with the CheckoutRequestID", async () => {
      const { client, host } = setUpMpesa();
      host.answer(mpesaRoutes.query, json(200, queryAnswer("0")));
      await client.stk.query(checkoutRequestId);
      expect(host.requests).toStrictEqual([
        tokenRequest,
        {
          method: "POST",
          url: `${mpesaHost}/mpesa/stkpushquery/v1/query`,
          headers: callHeaders,
          body: { BusinessShortCode: "174379", ...signature, CheckoutRequestID: checkoutRequestId },
        },
      ]);
    });
  },

  accepted() {
    const query = (answer: Answer) => {
      const { client, host } = setUpMpesa();
      host.answer(mpesaRoutes.query, answer);
      return client.stk.query(checkoutRequestId);
    };

    test.each(["0", 0])("ResultCode %j → succeeded, as plain JSON", async (code) => {
      const result = await query(
        json(200, queryAnswer(code, "The service request is processed successfully.")),
      );
      expect(result).toStrictEqual({
        checkoutRequestId,
        status: "succeeded",
        resultCode: "0",
        resultDescription: "The service request is processed successfully.",
      });
      expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result);
    });

    test.each(["1032", 1032])("ResultCode %j → failed", async (code) => {
      await expect(query(json(200, queryAnswer(code, "Request cancelled by user")))).resolves.toStrictEqual({
        checkoutRequestId,
        status: "failed",
        reason: "declined_by_payer",
        resultCode: "1032",
        resultDescription: "Request cancelled by user",
      });
    });

    test.each(["4999", 4999])("ResultCode %j, under processing → pending", async (code) => {
      const description = "The transaction is still under processing";
      await expect(query(json(200, queryAnswer(code, description)))).resolves.toStrictEqual({
        checkoutRequestId,
        status: "pending",
        resultCode: "4999",
        resultDescription: description,
      });
    });

    test.each([
      "The transaction is being processed",
      "[STK_CB - ]The transaction is BEING PROCESSED.",
      "The transaction is still under processing",
    ])("HTTP 500, 500.001.1001 %s → pending", async (message) => {
      await expect(query(darajaError("500.001.1001", message))).resolves.toStrictEqual({
        checkoutRequestId,
        status: "pending",
      });
    });

    test.each(["SFC_IC9999", "424242", "00", "0.0"])(
      "ResultCode %s, in no list → unknown: neither paid nor failed",
      async (code) => {
        await expect(query(json(200, queryAnswer(code)))).resolves.toStrictEqual({
          checkoutRequestId,
          status: "unknown",
          resultCode: code,
          resultDescription: "A description.",
        });
      },
    );

    test("no description", async () => {
      await expect(query(json(200, { ResultCode: "0" }))).resolves.toStrictEqual({
        checkoutRequestId,
        status: "succeeded",
        resultCode: "0",
      });
    });
  },

  ...readCases({
    setUp() {
      const { client, host, clock } = setUpMpesa();
      return { host, clock, call: (options) => client.stk.query(checkoutRequestId, options) };
    },
    route: mpesaRoutes.query,
    refused: [
      ...mpesaRefusals({ sendsWhenThrottled: 3 }),
      ...refusals([
        {
          title: "400.002.02 Bad Request - Invalid CheckoutRequestID",
          answer: darajaError("400.002.02", "Bad Request - Invalid CheckoutRequestID"),
          type: RequestRejectedError,
          code: "request_rejected",
          status: 400,
          providerCode: "400.002.02",
          requestId,
          remedy: /field/,
        },
        {
          title: "503 without a body, three times",
          answer: empty(503),
          type: ProviderUnavailableError,
          code: "provider_unavailable",
          isRetryable: true,
          status: 503,
          remedy: /later/,
          sends: 3,
        },
        {
          title: "500.003.02 System is busy, three times",
          answer: darajaError("500.003.02", "System is busy. Please try again in few minutes."),
          type: ProviderUnavailableError,
          code: "provider_unavailable",
          isRetryable: true,
          status: 500,
          providerCode: "500.003.02",
          requestId,
          remedy: /later/,
          sends: 3,
        },
      ]),
    ],
    malformed: [
      ...strangeAnswers,
      ["200 without a ResultCode", json(200, acknowledgement)],
      ["200 with an empty ResultCode", json(200, queryAnswer(""))],
      ["200 with ResultCode null", json(200, queryAnswer(null))],
      ["200 with ResultCode false", json(200, queryAnswer(false))],
      ["200 with a ResultCode that is a list", json(200, queryAnswer(["0"]))],
      ["200 with a description of another type", json(200, queryAnswer("0", {}))],
      [
        "200 about another push",
        json(200, { ...queryAnswer("0"), CheckoutRequestID: "ws_CO_27112025133814625708374149" }),
      ],
    ],
  }),
});
