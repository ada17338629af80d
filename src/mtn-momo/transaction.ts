/**
 * Creating a transaction and asking for it: the same for a request to pay and a transfer.
 */
import { resolveCallbackUrl } from "../core/callback-url.js";
import { sleep } from "../core/clock.js";
import { defined } from "../core/defined.js";
import { IdempotencyConflictError, isMobileMoneyError, OutcomeUnknownError } from "../core/errors.js";
import type { HttpAnswer } from "../core/http.js";
import type { OperationOptions, PaymentFacts } from "../core/provider.js";
import { read, send, type Verdict } from "../core/send.js";
import { valueOfSend } from "../core/send-outcome.js";
import type { ProductContext } from "./context.js";
import { errorCodeOf, expecting, judgeRefusal } from "./failures.js";
import { type MtnMomoPayment, type MtnMomoRef, type PendingMtnMomoPayment, toPayment } from "./payment.js";
import { type MoneyRequest, readTransaction } from "./schemas.js";

/** One kind of transaction. */
export interface TransactionKind {
  /** Such as `"collection.request_to_pay"`. */
  readonly operation: string;
  /** Such as `/collection/v1_0/requesttopay`. */
  readonly path: string;
  /** The wire's field of the other side. */
  readonly partyField: "payer" | "payee";
}

/**
 * A resource is not always visible at once after it was taken: 0, 1, 2, 4 s (no source gives a number; a client that
 * reads too early sees 404).
 */
const visibilityWaitsMs = [0, 1_000, 2_000, 4_000];

/** Sends the request; a lost answer is asked for again under the same reference, which MTN executes once. */
export async function createTransaction(
  context: ProductContext,
  kind: TransactionKind,
  request: MoneyRequest,
  options: OperationOptions | undefined,
): Promise<PendingMtnMomoPayment> {
  const channel = context.channel();
  const { amount, party, payerMessage, payeeNote } = request;
  const reference = request.reference ?? context.settings.random.uuid();
  const merchantReference = request.externalId ?? reference;
  const ref = refOf(context, kind, reference);
  const callbackUrl = await callbackUrlOf(context, request, ref);

  const outcome = await send(
    channel,
    {
      name: kind.operation,
      // MTN keeps one transaction per X-Reference-Id and answers 409 to the next (MTN documents and observed, 2026).
      repeatable: "same_reference",
      reference,
      request: {
        method: "POST",
        path: kind.path,
        headers: defined({ "X-Reference-Id": reference, "X-Callback-Url": callbackUrl }),
        json: {
          amount: amount.amount,
          currency: amount.currency,
          externalId: merchantReference,
          [kind.partyField]: { partyIdType: "MSISDN", partyId: party },
          payerMessage,
          payeeNote,
        },
      },
      judge: (answer) => judgeCreation(kind.operation, answer),
    },
    options,
  );

  const pending: PendingMtnMomoPayment = { ...ref, status: "pending", amount, party, merchantReference };
  if (valueOfSend(outcome, ref, "same_reference") === "exists")
    await proveSame(context, kind, pending, options);
  return pending;
}

/** Asks MTN for a transaction by its reference. */
export async function getTransaction(
  context: ProductContext,
  kind: TransactionKind,
  reference: string,
  options: OperationOptions | undefined,
): Promise<MtnMomoPayment> {
  const name = kind.operation.replace(".", ".get_");
  const request = { method: "GET", path: `${kind.path}/{reference}`, parameters: { reference } } as const;
  const judge = expecting(name, 200, readTransaction);
  return toPayment(
    refOf(context, kind, reference),
    kind.partyField,
    await read(context.channel(), { name, reference, request, judge }, options),
  );
}

/** Whether an error says that MTN does not know a reference. */
export function isNotFound(error: unknown): boolean {
  return (
    isMobileMoneyError(error) &&
    error.code === "request_rejected" &&
    error.providerCode === "RESOURCE_NOT_FOUND"
  );
}

/** What must be kept of a transaction. */
export function refOf(
  { settings }: ProductContext,
  { operation }: TransactionKind,
  reference: string,
): MtnMomoRef {
  return defined({ provider: "mtn_momo" as const, account: settings.account, operation, reference });
}

function judgeCreation(operation: string, answer: HttpAnswer): Verdict<"created" | "exists"> {
  if (answer.status === 202) return { kind: "accepted", value: "created" };
  const isDuplicate = errorCodeOf(answer) === "RESOURCE_ALREADY_EXIST"; // documented with 409
  return isDuplicate ? { kind: "accepted", value: "exists" } : judgeRefusal(operation, answer);
}

/** MTN says that the reference was used before, but not for what: compare before it is taken for this request. */
async function proveSame(
  context: ProductContext,
  kind: TransactionKind,
  asked: PendingMtnMomoPayment,
  options: OperationOptions | undefined,
): Promise<void> {
  const { reference } = asked;
  let comparison: Comparison = "unclear";
  let failure: unknown;
  for (const waitMs of visibilityWaitsMs) {
    try {
      await sleep(context.settings.clock, waitMs, options?.signal);
      comparison = compare(asked, await getTransaction(context, kind, reference, options));
      break;
    } catch (error) {
      failure = error;
      if (!isNotFound(error)) break;
    }
  }
  if (comparison === "same") return;
  if (comparison === "different") {
    throw new IdempotencyConflictError({
      provider: "mtn_momo",
      pending: refOf(context, kind, reference),
      message: `${reference} was used before for another amount, number or external id.`,
      remedy: "Look it up first; use a new reference only when it has not paid for this.",
    });
  }
  throw new OutcomeUnknownError({
    provider: "mtn_momo",
    pending: refOf(context, kind, reference),
    cause: failure,
    isRetryable: true,
    message: `MTN knows ${reference} already, but did not show for what.`,
    remedy: "Look it up before anything else is sent.",
  });
}

type Comparison = "same" | "different" | "unclear";

/** Compares what is known on both sides. Amounts are canonical, so equal ones are equal texts, whatever zeros MTN dropped. */
function compare(asked: PaymentFacts, found: MtnMomoPayment): Comparison {
  const pairs = [
    [asked.amount?.amount, found.amount?.amount],
    [asked.amount?.currency, found.amount?.currency],
    [asked.party, found.party?.replace(/\D/g, "")],
    [asked.merchantReference, found.merchantReference],
  ];
  if (pairs.some(([ours, theirs]) => (ours ?? theirs) !== (theirs ?? ours))) return "different";
  return pairs.some(([, theirs]) => theirs === undefined) ? "unclear" : "same";
}

async function callbackUrlOf(
  { settings, market }: ProductContext,
  request: MoneyRequest,
  ref: MtnMomoRef,
): Promise<string | undefined> {
  const source = request.callbackUrl ?? settings.callbackUrl;
  if (source === undefined) return undefined;
  const { amount, party } = request;
  const environment = market.targetEnvironment;
  const rules = { httpsOnly: environment !== "sandbox", isLocal: settings.isLocal };
  return resolveCallbackUrl(source, { ...ref, purpose: "result", environment, amount, party }, rules);
}
