/**
 * Which networks the shop talks to: simulated ones, or the real sandboxes.
 */
import { ConfigurationError, MobileMoney, MpesaClient, MtnMomoClient } from "mobile-money";
import { resolveConfig } from "mobile-money/config";
import { createNodeFetch } from "mobile-money/node";
import { createSimulator, type Simulator } from "mobile-money/simulator";
import { listenSimulator } from "mobile-money/simulator/node";

/** Networks that are ready. */
export interface Networks {
  readonly money: MobileMoney;
  /** A sentence for the person who started the shop. */
  readonly description: string;
  /** Where real networks reach the shop; simulated ones reach it anywhere. */
  readonly callbackBaseUrl?: string;
  close(): Promise<void>;
}

/** The real sandboxes when there are credentials among the variables, else simulated networks. */
export async function connectNetworks(env: NodeJS.ProcessEnv): Promise<Networks> {
  const hasCredentials = Object.keys(env).some((name) => /^(MOMO|MPESA)_/.test(name));
  return hasCredentials ? connectSandboxes(env) : simulateNetworks();
}

function connectSandboxes(env: NodeJS.ProcessEnv): Networks {
  const { environment, mtnMomo, mpesa } = resolveConfig(env);
  if (environment !== "sandbox") {
    refuse("PAYMENT_TEST_MODE", "is not true", "Set it to true: this example keeps its orders in memory.");
  }
  const callbackBaseUrl = env["CALLBACK_BASE_URL"]?.trim().replace(/\/+$/, "");
  if (!callbackBaseUrl) {
    refuse("CALLBACK_BASE_URL", "is missing", "Set the public https address of the route /webhook.");
  }
  // This transport proves what was not sent, so that a broken connection need not leave a payment unknown.
  const fetch = createNodeFetch();
  const money = new MobileMoney({
    providers: [
      ...(mtnMomo ? [new MtnMomoClient({ ...mtnMomo, fetch })] : []),
      ...(mpesa ? [new MpesaClient({ ...mpesa, fetch })] : []),
    ],
  });
  return { money, callbackBaseUrl, description: "the real sandboxes", close: async () => {} };
}

async function simulateNetworks(): Promise<Networks> {
  const simulator = createSimulator({
    phones: { afterMs: 3_000 },
    mtnMomo: { environment: "mtnuganda" },
    mpesa: { environment: "production" },
  });
  castPhones(simulator);
  const { url: baseUrl, close } = await listenSimulator(simulator);
  const mtn = new MtnMomoClient({ ...simulator.mtnMomo.credentials, baseUrl });
  const mpesa = new MpesaClient({ ...simulator.mpesa.credentials, baseUrl });
  return {
    money: new MobileMoney({ providers: [mtn, mpesa] }),
    description: `simulated networks on ${baseUrl}: no account, no real money`,
    close: () => {
      simulator.stop();
      return close();
    },
  };
}

/** Numbers to play with; every other one approves. */
function castPhones({ phones }: Simulator): void {
  for (const prefix of ["256772", "254712"]) {
    phones.get(`${prefix}000001`).declines();
    phones.get(`${prefix}000002`).hasBalance("0");
    phones.get(`${prefix}000003`).ignores();
    phones.get(`${prefix}000004`).entersWrongPin();
  }
}

function refuse(field: string, message: string, remedy: string): never {
  throw new ConfigurationError([{ field, message, remedy }]);
}
