/**
 * Takes one payment on each network, against the simulator in this process. Needs web standards alone.
 *
 * @param modules - The package's modules by subpath.
 */
export async function smoke(modules) {
  const { MobileMoney, MpesaClient, MtnMomoClient, isMobileMoneyError, ugx } = modules["."];
  const { createSimulator } = modules["./simulator"];
  const { quoteRevenue } = modules["./fees"];

  const simulator = createSimulator({
    seed: 1,
    mtnMomo: { environment: "mtnuganda" },
    deliver: async () => new Response(),
  });
  const { fetch } = simulator;
  const money = new MobileMoney({
    providers: [
      new MtnMomoClient({ ...simulator.mtnMomo.credentials, fetch }),
      new MpesaClient({ ...simulator.mpesa.credentials, fetch, callbackUrl: "https://shop.example/paid" }),
    ],
  });
  const pay = async (from, amount, currency) => {
    const sent = await money.collect({ from, amount: { amount, currency }, reference: "ORDER1042" });
    return money.waitForOutcome(sent);
  };

  const payments = await Promise.all([
    pay("0772 123 456", "15,000", "UGX"),
    pay("+254 712 345 678", "1,500", "KES"),
    pay("0712 345 678", "1.5", "KES").catch((error) => ({ status: isMobileMoneyError(error) && error.code })),
  ]);
  simulator.stop();
  return {
    statuses: payments.map(({ status }) => status),
    executions: simulator.ledger.executions("ORDER1042").length,
    platformFee: quoteRevenue({ amount: ugx(10_000), providerFee: { percent: "1" } }).platformFee,
  };
}
