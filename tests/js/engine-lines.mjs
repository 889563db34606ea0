// Runs the JavaScript engine on JSON lines, for tests/differential.rs.
//
// A line {"program": …} loads a program; every other, {"channel", "text", "settings"}, prints its report as one line.

import { createInterface } from "node:readline";
import { load, run } from "../../themes/default/js/engine/index.js";

let machine = null;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const order = JSON.parse(line);
  if (order.program) {
    machine = load(order.program);
  } else {
    process.stdout.write(JSON.stringify(run(machine, order.channel, order.text, order.settings)) + "\n");
  }
}
