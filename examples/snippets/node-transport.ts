import { MpesaClient, type MpesaOptions } from "mobile-money";
import { createNodeFetch } from "mobile-money/node";

export function createMpesa(options: MpesaOptions): MpesaClient {
  // #region node
  const fetch = createNodeFetch(); // one for the process: it holds the connections
  const mpesa = new MpesaClient({ ...options, fetch });
  // #endregion
  return mpesa;
}
