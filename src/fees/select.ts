/**
 * Which tariff applies: the caller's own before a market's, then the newest version of the day.
 */
import { systemClock } from "../core/clock.js";
import { NoTariffError, RequestInvalidError } from "../core/errors.js";
import type { QuoteFeeRequest } from "./quote.js";
import type { Market, Tariff, TariffTax } from "./tariff.js";

/** The one tariff that applies, and the day for which it was chosen. `NoTariffError` when there is none, or several. */
export function selectTariff(request: QuoteFeeRequest): { tariff: Tariff; on: string } {
  const { market, product, variant, channel, amount, clock = systemClock } = request;
  const asked = {
    product,
    currency: amount.currency,
    ...(variant && { variant }),
    ...(channel && { channel }),
  };
  const isAskedFor = (tariff: Tariff) =>
    Object.entries(asked).every(([field, value]) => tariff[field as keyof Tariff] === value);

  const sources = [market].flat();
  const markets = sources.filter(isMarket);
  const own = sources.filter((source): source is Tariff => !isMarket(source));
  const schedules = [{ tariffs: own, timeZone: markets[0]?.timeZone ?? "UTC" }, ...markets].map(
    ({ tariffs, timeZone }) => ({
      tariffs,
      on: request.on ?? dayIn(timeZone, clock.now()),
    }),
  );

  for (const { tariffs, on } of schedules) {
    const current = tariffs.filter((tariff) => isAskedFor(tariff) && isInForce(tariff, on));
    const found = current.filter((tariff) => !current.some((other) => replaces(other, tariff)));
    const [tariff, rival] = found;
    if (rival) throw noTariff("More than one tariff fits", { ...asked, on }, found);
    if (tariff) return { tariff, on };
  }
  const known = schedules.flatMap(({ tariffs }) => tariffs);
  const ofProduct = known.filter((tariff) => tariff.product === product);
  throw noTariff(
    "No tariff fits",
    { ...asked, on: `${schedules[0]?.on}` },
    ofProduct.length > 0 ? ofProduct : known,
  );
}

/** Whether a tariff or a tax applies on a day. */
export function isInForce({ effectiveFrom, effectiveTo }: Tariff | TariffTax, day: string): boolean {
  return effectiveFrom <= day && (effectiveTo === null || day <= effectiveTo);
}

/** Whether a source of tariffs is a market, rather than a tariff of the caller's own. */
export function isMarket(source: unknown): source is Market {
  return "tariffs" in Object(source);
}

/** Whether two tariffs are versions of one price, and the first is the newer. */
function replaces(newer: Tariff, older: Tariff): boolean {
  return (
    newer.variant === older.variant &&
    newer.channel === older.channel &&
    newer.effectiveFrom > older.effectiveFrom
  );
}

function dayIn(timeZone: string, epochMs: number): string {
  try {
    // Swedish writes a date as ISO 8601 does.
    return new Date(epochMs).toLocaleDateString("sv", { timeZone });
  } catch {
    const remedy = 'Give an IANA name, such as "Africa/Nairobi".';
    throw new RequestInvalidError([{ field: "market.timeZone", message: "is not a time zone", remedy }]);
  }
}

function noTariff(lead: string, asked: Record<string, string>, nearest: readonly Tariff[]): NoTariffError {
  const choices = nearest.map(({ id }) => id);
  return new NoTariffError({
    message: `${lead} ${Object.values(asked).join(", ")}.`,
    remedy: `Choose by product, variant, channel and day, or hand in your own. There is: ${choices.join(", ") || "nothing"}.`,
    asked,
    choices,
  });
}
