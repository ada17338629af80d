import {
  createManualClock,
  createSimulator,
  type ManualClock,
  type Simulator,
  type SimulatorOptions,
} from "mobile-money/simulator";

/** A callback as the merchant received it. */
export interface ReceivedCallback {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A simulator with a clock that stands still, and a merchant that writes every callback down. */
export function createPlay(options: Omit<SimulatorOptions, "clock" | "deliver"> = {}): {
  simulator: Simulator;
  clock: ManualClock;
  received: ReceivedCallback[];
} {
  const clock = createManualClock();
  const received: ReceivedCallback[] = [];
  const simulator = createSimulator({
    seed: 1,
    ...options,
    clock,
    deliver: async (input, init) => {
      const request = new Request(input, init);
      received.push({
        url: request.url,
        method: request.method,
        headers: request.headers,
        body: await request.text(),
      });
      return new Response(null, { status: 200 });
    },
  });
  return { simulator, clock, received };
}

/** An HTTP call that a test makes by hand. */
export interface RawCall {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/** Calls MTN's API by hand, with every header in place unless the test says otherwise; `undefined` leaves one out. */
export async function mtnMomo(
  simulator: Simulator,
  path: string,
  { method = "GET", headers = {}, body }: RawCall = {},
): Promise<Response> {
  const product = path.startsWith("/disbursement") ? "disbursement" : "collection";
  const { environment, [product]: account } = simulator.mtnMomo.credentials;
  const isLogin = path.endsWith("/token/");
  const authorization = isLogin
    ? `Basic ${btoa(`${account.apiUser}:${account.apiKey}`)}`
    : path.startsWith("/v1_0") || "authorization" in headers
      ? undefined
      : `Bearer ${await mtnMomoToken(simulator, product)}`;
  return simulator.fetch(`https://mtn.test${path}`, {
    method,
    headers: present({
      "ocp-apim-subscription-key": account.subscriptionKey,
      authorization,
      "x-target-environment": environment,
      ...headers,
    }),
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

/** A token of MTN's API. */
export async function mtnMomoToken(
  simulator: Simulator,
  product: "collection" | "disbursement" = "collection",
): Promise<string> {
  const answer = await mtnMomo(simulator, `/${product}/token/`, { method: "POST" });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** A request to pay that is right in every way. */
export const requestToPay = {
  amount: "100",
  currency: "EUR",
  externalId: "order-1001",
  payer: { partyIdType: "MSISDN", partyId: "46700000001" },
  payerMessage: "Order 1001",
  payeeNote: "Shop payment",
};

/** Asks for a payment and returns its reference with the answer. */
export async function postRequestToPay(
  simulator: Simulator,
  body: unknown = requestToPay,
  headers: RawCall["headers"] = {},
): Promise<{ reference: string; answer: Response }> {
  const reference = headers["x-reference-id"] ?? crypto.randomUUID();
  const answer = await mtnMomo(simulator, "/collection/v1_0/requesttopay", {
    method: "POST",
    headers: { "content-type": "application/json", "x-reference-id": reference, ...headers },
    body,
  });
  return { reference, answer };
}

/** The text of a request to pay's status answer. */
export async function requestToPayStatus(simulator: Simulator, reference: string): Promise<string> {
  return (await mtnMomo(simulator, `/collection/v1_0/requesttopay/${reference}`)).text();
}

/** A Daraja token. */
export async function darajaToken(simulator: Simulator): Promise<string> {
  const { consumerKey, consumerSecret } = simulator.mpesa.credentials;
  const answer = await simulator.fetch(
    "https://daraja.test/oauth/v1/generate?grant_type=client_credentials",
    {
      headers: { authorization: `Basic ${btoa(`${consumerKey}:${consumerSecret}`)}` },
    },
  );
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Posts to Daraja by hand; `undefined` leaves a header out. */
export async function daraja(
  simulator: Simulator,
  path: string,
  body: unknown,
  headers: RawCall["headers"] = {},
): Promise<Response> {
  const authorization = "authorization" in headers ? undefined : `Bearer ${await darajaToken(simulator)}`;
  return simulator.fetch(`https://daraja.test${path}`, {
    method: "POST",
    headers: present({ authorization, "content-type": "application/json", ...headers }),
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** An STK push that is right in every way, with some fields changed; `undefined` leaves one out. */
export function stkPush(
  simulator: Simulator,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  const { shortcode, passkey } = simulator.mpesa.credentials;
  const timestamp = "20261123120000";
  return {
    BusinessShortCode: shortcode,
    Password: btoa(shortcode + passkey + timestamp),
    Timestamp: timestamp,
    TransactionType: "CustomerPayBillOnline",
    Amount: "1500",
    PartyA: "254712345678",
    PartyB: shortcode,
    PhoneNumber: "254712345678",
    CallBackURL: "https://shop.test/callbacks/1",
    AccountReference: "ORDER1042",
    TransactionDesc: "Order 1042",
    ...changes,
  };
}

/** Pushes and returns the acknowledgement. */
export async function push(
  simulator: Simulator,
  changes: Record<string, unknown> = {},
): Promise<{ MerchantRequestID: string; CheckoutRequestID: string }> {
  const answer = await daraja(simulator, "/mpesa/stkpush/v1/processrequest", stkPush(simulator, changes));
  return (await answer.json()) as { MerchantRequestID: string; CheckoutRequestID: string };
}

/** Queries a push. */
export function query(simulator: Simulator, checkoutRequestId: string): Promise<Response> {
  const { BusinessShortCode, Password, Timestamp } = stkPush(simulator);
  return daraja(simulator, "/mpesa/stkpushquery/v1/query", {
    BusinessShortCode,
    Password,
    Timestamp,
    CheckoutRequestID: checkoutRequestId,
  });
}

function present(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
