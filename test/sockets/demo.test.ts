import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { type DemoPayment, fivePayments } from "../../examples/express/demo/five-payments.js";
import { wrap } from "../../examples/express/demo/page.js";
import { runDemo } from "../../examples/express/demo/run-demo.js";

/** Runs the demo here, with the first payment changed. */
async function runChanged(changes: Partial<DemoPayment>): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const [first, ...others] = fivePayments as readonly [DemoPayment, ...DemoPayment[]];
  const code = await runDemo({ print, isColoured: false, pauseMs: 0 }, [{ ...first, ...changes }, ...others]);
  return { code, output: lines.join("\n") };
}

test("npm run demo shows five payments and ends well", { timeout: 20_000 }, async () => {
  const demo = spawn("npm", ["run", "--silent", "demo"], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [demo.stdout, demo.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => demo.on("close", resolve));

  for (const [order, price, ending] of [
    ["A1001", "UGX 15,000", "once +once +once +succeeded"],
    ["A1002", "KES 1,500", "once +once +once +succeeded"],
    ["A1003", "UGX 95,000", "once +once +never +declined_by_payer"],
    ["A1004", "KES 900", "once +once +never +insufficient_funds"],
    ["A1005", "KES 3,200", "once +once +once +succeeded"],
  ]) {
    expect(output).toMatch(new RegExp(`^  ${order} .*${price} +${ending}$`, "m"));
  }
  expect(output).toContain("processrequest for KES 3,200 → no answer");
  expect(output).toContain("once more → still A1005-1, unknown");
  expect(output).toMatch(
    /MTN MoMo's fee +UGX 150 .*\n.*tax in it +none .*\n.*UGX 300 .*\n +net revenue +UGX 150 /,
  );
  expect(output).toMatch(
    /M-Pesa's fee +KES 15 .*\n.*tax in it +KES 1\.96 .*\n.*KES 30 .*\n +net revenue +KES 15 /,
  );
  expect(output).toContain("All 5 payments ended as they should");
  expect(output).not.toContain("\u001b");
  expect(code).toBe(0);
});

test("a customer who does otherwise makes the demo fail and say what differs", async () => {
  const { code, output } = await runChanged({ arrange: (phone) => phone.declines() });
  expect(output).toContain("A1001 ended as declined_by_payer, not as succeeded.");
  expect(output).toContain("A1001 moved money never, not once.");
  expect(output).not.toContain("ended as they should");
  expect(code).toBe(1);
});

test("so does an answer that is lost where the shop asks again", async () => {
  const { code, output } = await runChanged({
    arrange: (_, simulator) =>
      simulator.scenario({ operation: "collection.request_to_pay", do: "lose_answer" }),
  });
  expect(output).toContain("A1001 was asked for twice, not once.");
  expect(code).toBe(1);
});

test("so does money that moved without the shop's knowing", { timeout: 10_000 }, async () => {
  const { code, output } = await runChanged({
    arrange: (_, simulator) => {
      const body = JSON.stringify({ status: "FAILED", reason: "EXPIRED" });
      const operation = "collection.get_request_to_pay";
      simulator.scenario({ operation, do: "answer", status: 200, body });
    },
  });
  expect(output).toContain("A1001 ended as expired, not as succeeded.");
  expect(output).toContain("MTN MoMo holds UGX 15,000, but orders of UGX 0 count as paid.");
  expect(code).toBe(1);
});

test("colours appear where they are asked for", async () => {
  const lines: string[] = [];
  await runDemo(
    { print: (line) => lines.push(line), isColoured: true, pauseMs: 0 },
    fivePayments.slice(0, 1),
  );
  expect(lines[0]).toBe("\u001b[1mA shop in Uganda and Kenya takes five payments by mobile money\u001b[22m");
});

test.each([
  ["one two three", 100, ["one two three"]],
  ["one two three", 7, ["one two", "three"]],
  ["\u001b[1mone\u001b[22m two three", 7, ["\u001b[1mone\u001b[22m two", "three"]],
])("wrap(%j, %i)", (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});
