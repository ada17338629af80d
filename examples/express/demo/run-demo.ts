/**
 * Five payments, from the click to the books.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { formatMoney } from "mobile-money";
import { paymentsPath } from "../shop/app.js";
import { catalogue } from "../shop/catalogue.js";
import type { Ending } from "./books.js";
import { costsOf } from "./costs.js";
import { clickPay, lookAt, type PlacedOrder, placeOrder } from "./customer.js";
import { type DemoPayment, fivePayments } from "./five-payments.js";
import { Page, type Terminal } from "./page.js";
import { report } from "./report.js";
import { type Stage, setStage } from "./stage.js";
import { alignColumns } from "./table.js";
import { networkNames } from "./words.js";

const longestPaymentMs = 5_000;

/**
 * Runs the demo and prints it.
 *
 * @returns The exit code: 0 when every payment ended as it should and the books agree, otherwise 1.
 */
export async function runDemo(
  terminal: Terminal,
  payments: readonly DemoPayment[] = fivePayments,
): Promise<number> {
  const page = new Page(terminal);
  const stage = await setStage(page);
  try {
    introduce(stage);
    const endings: Ending[] = [];
    for (const [index, payment] of payments.entries()) {
      endings.push(await play(payment, index + 1, stage));
    }
    return report(endings, stage.simulator, page) ? 0 : 1;
  } finally {
    await page.printed();
    await stage.close();
  }
}

function introduce({ shopUrl, networksUrl, page }: Stage): void {
  const parties = [
    ["the shop", shopUrl, "an Express application: examples/express/shop"],
    ["the networks", networksUrl, "simulated MTN MoMo and M-Pesa: no account, no real money"],
  ];
  page.add(page.paint("heading", "A shop in Uganda and Kenya takes five payments by mobile money"));
  page.add("");
  for (const line of alignColumns(parties)) page.add(`  ${line}`);
  page.add("");
  page.add(
    "  What they say to each other is real HTTP. A callback is only a claim: before an order counts as",
  );
  page.add("  paid, the shop asks the network itself. Fees are by two published price lists, as examples.");
  page.add(`  "…" stands for ${paymentsPath}.`);
}

async function play(payment: DemoPayment, number: number, stage: Stage): Promise<Ending> {
  const { simulator, shopUrl, narrator, page } = stage;
  const phone = simulator.phones.get(payment.msisdn);
  payment.arrange(phone, simulator);
  const order = await placeOrder(shopUrl, payment);
  page.add("");
  page.add(page.paint("heading", `${number}. ${titleOf(payment, order)}`));
  page.add("");
  narrator.begin(payment.customer, order, phone);
  const end = stage.nextEnd();

  const click = clickPay(shopUrl, order, payment);
  const request = `POST …/initialize for ${order.order_id} with ${payment.phoneNumber}`;
  narrator.browse(request, click, ({ reference, status }) => `${reference}, ${status}`);
  const { reference } = await click;
  if (payment.isImpatient) {
    const again = clickPay(shopUrl, order, payment);
    narrator.browse(
      "POST …/initialize once more",
      again,
      (view) => `still ${view.reference}, ${view.status}`,
    );
    await again;
  }
  await Promise.race([end, sleep(longestPaymentMs, undefined, { ref: false })]);

  const look = lookAt(shopUrl, order, reference);
  narrator.browse(`GET …/status/${reference}`, look, ({ message }) => `"${message}"`);
  const view = await look;
  if (view.status === "succeeded") {
    page.add("");
    for (const line of alignColumns(costsOf(payment, order))) page.add(`          ${line}`);
  }
  return { payment, view };
}

function titleOf({ customer, item, provider, story }: DemoPayment, { total }: PlacedOrder): string {
  const name = catalogue.find(({ id }) => id === item)?.name;
  return `${customer} buys ${name} for ${formatMoney(total)} with ${networkNames[provider]}. ${story}`;
}
