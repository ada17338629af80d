import { MpesaClient } from "mobile-money/mpesa";
import { MtnMomoClient } from "mobile-money/mtn-momo";
import { createSimulator } from "mobile-money/simulator";
import { expectTypeOf, test } from "vitest";

test("a simulator's credentials and fetch are what the clients take", () => {
  const { fetch, mpesa, mtnMomo } = createSimulator();
  expectTypeOf(new MtnMomoClient({ ...mtnMomo.credentials, fetch })).toEqualTypeOf<MtnMomoClient>();
  expectTypeOf(new MpesaClient({ ...mpesa.credentials, fetch })).toEqualTypeOf<MpesaClient>();
});
