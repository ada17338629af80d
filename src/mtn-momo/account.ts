/**
 * Questions about accounts, the same for every product: its own balance, and whether a customer has a wallet.
 */
import { isCurrency } from "../core/currencies.js";
import { refuse } from "../core/errors.js";
import type { Money } from "../core/money.js";
import { parseMsisdn } from "../core/msisdn.js";
import type { OperationOptions } from "../core/provider.js";
import { read } from "../core/send.js";
import type { ProductContext } from "./context.js";
import { expecting } from "./failures.js";
import { readActive, readBalance } from "./schemas.js";

/** The balance of the product's account, in its own currency or in the one that is named. */
export async function getBalance(
  context: ProductContext,
  currency: string | undefined,
  options: OperationOptions | undefined,
): Promise<Money> {
  if (currency !== undefined && !isCurrency(currency)) {
    refuse(
      "currency",
      "is not a currency that this library knows",
      "Leave it out, or give a code such as UGX.",
    );
  }
  const name = `${context.product}.get_balance`;
  const path = `/${context.product}/v1_0/account/balance`;
  const request =
    currency === undefined
      ? ({ method: "GET", path } as const)
      : ({ method: "GET", path: `${path}/{currency}`, parameters: { currency } } as const);
  return read(context.channel(), { name, request, judge: expecting(name, 200, readBalance) }, options);
}

/** Whether a phone number has an active wallet. */
export async function isAccountHolderActive(
  context: ProductContext,
  phoneNumber: string,
  options: OperationOptions | undefined,
): Promise<boolean> {
  const { market, settings, product } = context;
  const allowUnusual = settings.allowUnusualMsisdn;
  const msisdn = parseMsisdn(phoneNumber, { country: market.country, allowUnusual, field: "phoneNumber" });
  const name = `${product}.is_account_holder_active`;
  // The type is written in lower case here, in capitals in bodies (MTN's OpenAPI documents, read 2026-11).
  const path = `/${product}/v1_0/accountholder/msisdn/{msisdn}/active`;
  const request = { method: "GET", path, parameters: { msisdn } } as const;
  return read(context.channel(), { name, request, judge: expecting(name, 200, readActive) }, options);
}
