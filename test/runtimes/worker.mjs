/** A Worker that asks for one payment per request, with one client for all of them. */
import { MtnMomoClient } from "mobile-money/mtn-momo";

const client = new MtnMomoClient({
  environment: "sandbox",
  baseUrl: UPSTREAM,
  collection: {
    subscriptionKey: "subscription-key",
    apiUser: "9b2f5a0e-6d0c-4d35-8f4b-1f2f6c1f7a10",
    apiKey: "api-key",
  },
});

export default {
  async fetch() {
    const { status } = await client.collection.requestToPay({
      payer: "256772123456",
      amount: { amount: "10", currency: "EUR" },
    });
    return new Response(status);
  },
};
