// Runs npm `emulate`'s Slack for the tests: on loopback only, on a free port, with a clock and a seed that are told.
//
//   node emulate.mjs path/to/emulate/dist/api.js
//
// Each line in is {"seed": {...}} (begin anew with it), {"now": milliseconds} (stop the clock there) or
// {"ahead": milliseconds} (let it run, so far ahead). Each is answered by a line: {"url": "..."}.
import net from "node:net";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const wallClock = Date.now;
let clock = wallClock;
Date.now = () => clock();

const listen = net.Server.prototype.listen;
let listening;
net.Server.prototype.listen = function (_, ...rest) {
  listening = new Promise((resolve) => this.once("listening", () => resolve(this.address().port)));
  return listen.call(this, { port: 0, host: "127.0.0.1" }, ...rest.filter((one) => typeof one === "function"));
};

const { createEmulator } = await import(pathToFileURL(process.argv[2]));
const seed = { slack: {} };
let emulator, url;

async function begin(slack) {
  for (const key of Object.keys(seed.slack)) delete seed.slack[key];
  Object.assign(seed.slack, slack);
  if (emulator) return emulator.reset();
  emulator = await createEmulator({ service: "slack", seed });
  url = `http://127.0.0.1:${await listening}`;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  if (told.seed) await begin(told.seed);
  if (told.now !== undefined) clock = () => told.now;
  if (told.ahead !== undefined) clock = () => wallClock() + told.ahead;
  console.log(JSON.stringify({ url }));
}
process.exit(0);
