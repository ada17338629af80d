/**
 * `npm run demo`: five customers pay, before your eyes.
 */
import { runDemo } from "./demo/run-demo.js";

const { stdout, env } = process;
const isTerminal = stdout.isTTY === true;

process.exitCode = await runDemo({
  print: (line) => stdout.write(`${line}\n`),
  isColoured: isTerminal && !env["NO_COLOR"],
  pauseMs: isTerminal ? 100 : 0,
});
