import fc from "fast-check";
import { expect, test } from "vitest";
import { type Answer, broken, empty, html, json, silence } from "../support/answers.js";
import { mpesaRoutes, setUpMpesa } from "../support/clients.js";
import { acknowledgement, darajaError, tokenRefusals, unclearFailures } from "./answers.js";
import { rightPush } from "./requests.js";

const { push: route } = mpesaRoutes;

test("whatever M-Pesa answers, a customer is never asked twice", async () => {
  const accepted = json(200, acknowledgement);
  const refusedTokens: readonly Answer[] = tokenRefusals.map(([, answer]) => answer);
  const refused = [
    darajaError("400.002.02", "Bad Request - Invalid Amount"),
    darajaError("500.001.1001", "Merchant does not exist"),
    darajaError("500.003.02", "Error Occurred: Spike Arrest Violation"),
    empty(429),
  ];
  const doubtful = [broken, silence, html(200), html(403), ...unclearFailures.map(([, answer]) => answer)];
  const answers = fc.array(fc.constantFrom(accepted, ...refusedTokens, ...refused, ...doubtful), {
    minLength: 3,
    maxLength: 3,
  });

  const property = fc.asyncProperty(answers, async ([first, second, third]) => {
    const { client, host, run } = setUpMpesa();
    host.answer(route, first as Answer, second as Answer, third as Answer);
    const ended = await run(
      client.stk.push(rightPush).then(
        ({ status }) => status as string,
        ({ code }) => code as string,
      ),
    );

    // The one repetition: a refused token, and then nothing may be in doubt that another send would cover up.
    const isTokenRefused = refusedTokens.includes(first as Answer);
    const decisive = (isTokenRefused ? second : first) as Answer;
    expect(host.to(route)).toHaveLength(isTokenRefused ? 2 : 1);
    if (decisive === accepted) expect(ended).toBe("pending");
    else if (doubtful.includes(decisive)) expect(ended).toBe("outcome_unknown");
    else expect(["request_rejected", "authentication_failed", "rate_limited"]).toContain(ended);
  });
  await fc.assert(property, { numRuns: 100 });
});
