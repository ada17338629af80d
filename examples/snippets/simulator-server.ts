import { createSimulator } from "mobile-money/simulator";
import { listenSimulator } from "mobile-money/simulator/node";

const simulator = createSimulator({ mtnMomo: { environment: "mtnuganda" } });
const { url, close } = await listenSimulator(simulator, { port: 4010 });
console.log(`MOMO_BASE_URL=${url} MPESA_BASE_URL=${url}`);
process.once("SIGINT", () => {
  simulator.stop();
  close().catch(console.error);
});
