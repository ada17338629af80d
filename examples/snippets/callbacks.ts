/**
 * Receiving callbacks by hand.
 */
import {
  type CallbackUrl,
  isMobileMoneyError,
  type MobileMoney,
  type MpesaClient,
  type PendingRef,
  type ProviderPayment,
  parseMpesaCallback,
  parseMtnMomoCallback,
  type SettledPayment,
} from "mobile-money";
import type { Attempts } from "./shop.js";

export async function believeMpesaOnly(request: Request, mpesa: MpesaClient, pending: PendingRef) {
  // #region claim-and-fact
  const claim = parseMpesaCallback(await request.json(), { expected: "stk.result" }); // what the sender says
  const fact = await mpesa.lookUp(pending); // what M-Pesa says
  // #endregion
  return { claim, fact };
}

// #region addresses
/** An address of its own for every attempt, on record before anything is sent. */
export function secretAddresses(attempts: Attempts): CallbackUrl {
  return async ({ provider, operation, reference, amount }) => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const secret = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    await attempts.keep(secret, { pending: { provider, operation, reference }, amount });
    return `https://shop.example/paid/${secret}`;
  };
}
// #endregion

/** What your application does outside of the request: a queue, or `waitUntil` on Workers. */
export type Later = (work: () => Promise<void>) => void;

/** What your application does with a payment that it has asked about. */
export type Settle = (payment: ProviderPayment | SettledPayment) => Promise<void>;

export function callbackRoute(money: MobileMoney, attempts: Attempts, later: Later, settle: Settle) {
  // #region route
  /** Answers `POST` and `PUT /paid/:secret`. */
  return async function receive(request: Request, secret: string): Promise<Response> {
    const attempt = await attempts.find(secret);
    if (attempt === undefined) return new Response(null, { status: 404 });

    const { pending } = attempt;
    const providerReference = claimedId(await request.text());
    later(async () => {
      // The id of the attempt itself wins. A push whose answer was lost has none: then the callback brings it.
      await settle(await money.lookUp({ ...(providerReference && { providerReference }), ...pending }));
    });
    return Response.json({ ResultCode: 0, ResultDesc: "Accepted" });
  };
  // #endregion
}

// #region tolerant
/** M-Pesa's id of the payment, when the body is an STK callback. Whatever it is, the network is asked. */
function claimedId(body: string): string | undefined {
  try {
    return parseMpesaCallback(JSON.parse(body)).providerReference;
  } catch (error) {
    if (error instanceof SyntaxError || isMobileMoneyError(error)) return undefined;
    throw error;
  }
}
// #endregion

export function readMtnMomo(body: unknown) {
  // #region mtn
  const claim = parseMtnMomoCallback(body, { expected: "collection.request_to_pay" });
  console.log(claim.claimedStatus, claim.merchantReference); // "succeeded" "order-1042"
  // #endregion
}
