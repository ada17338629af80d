/**
 * Who pays in the demo, and how it should end.
 */
import type { FailureReason, ProviderName } from "mobile-money";
import type { SimulatedPhone, Simulator } from "mobile-money/simulator";
import type { ShopCurrency } from "../shop/catalogue.js";

/** A customer's payment. */
export interface DemoPayment {
  readonly customer: string;
  /** What happens, in a sentence. */
  readonly story: string;
  /** As the customer types it. */
  readonly phoneNumber: string;
  readonly msisdn: string;
  readonly provider: ProviderName;
  readonly currency: ShopCurrency;
  /** What is bought, by the catalogue's id. */
  readonly item: string;
  /** Whether the customer clicks again while nobody knows yet. */
  readonly isImpatient?: boolean;
  /** What the phone's owner does, and what goes wrong on the way. */
  readonly arrange: (phone: SimulatedPhone, simulator: Simulator) => void;
  readonly shouldEnd: "succeeded" | FailureReason;
}

/** The five payments. */
export const fivePayments: readonly DemoPayment[] = [
  {
    customer: "Nakato",
    story: "She approves.",
    phoneNumber: "0772 123 456",
    msisdn: "256772123456",
    provider: "mtn_momo",
    currency: "UGX",
    item: "coffee",
    arrange: (phone) => phone.approves(),
    shouldEnd: "succeeded",
  },
  {
    customer: "Wanjiru",
    story: "She approves.",
    phoneNumber: "0712 345 678",
    msisdn: "254712345678",
    provider: "mpesa",
    currency: "KES",
    item: "basket",
    arrange: (phone) => phone.approves(),
    shouldEnd: "succeeded",
  },
  {
    customer: "Okello",
    story: "He declines.",
    phoneNumber: "+256 782 000 003",
    msisdn: "256782000003",
    provider: "mtn_momo",
    currency: "UGX",
    item: "blanket",
    arrange: (phone) => phone.declines(),
    shouldEnd: "declined_by_payer",
  },
  {
    customer: "Otieno",
    story: "He approves, with KES 120 in his wallet.",
    phoneNumber: "0722 000 004",
    msisdn: "254722000004",
    provider: "mpesa",
    currency: "KES",
    item: "honey",
    arrange: (phone) => phone.approves().hasBalance("120"),
    shouldEnd: "insufficient_funds",
  },
  {
    customer: "Achieng",
    story: "She approves, but M-Pesa's answer gets lost.",
    phoneNumber: "0733 000 005",
    msisdn: "254733000005",
    provider: "mpesa",
    currency: "KES",
    item: "blanket",
    isImpatient: true,
    arrange: (phone, simulator) => {
      phone.approves({ afterMs: 600 });
      simulator.scenario({ operation: "stk.push", do: "lose_answer" });
    },
    shouldEnd: "succeeded",
  },
];
