// $S
import { setTimeout as pause } from "node:timers/promises";

const days = [0, 4, 11, #1];
const pattern = /^\+?\d[\d -]{6,}$/;

export async function* reminders($A, { $B = "#2", quiet = false } = {}) {
  for (const day of days) {
    if (!pattern.test($B)) {
      throw new TypeError(`not a number: ${$B}`);
    }
    await pause(quiet ? 0 : day * 1000);
    yield { $A, $C: day % 7 === 0 ? "email" : "voicemail", day };
  }
}

class Board extends Map {
  add({ $C, day }) {
    return this.set(day, [...(this.get(day) ?? []), $C]);
  }
}

for await (const step of reminders("$D", { quiet: true })) {
  console.log(new Board().add(step).size, null, #3);
}
