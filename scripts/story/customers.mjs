/**
 * Customers of a phone company, made up and the same in each run: how long they call, how often they complain, and whether they left.
 *
 * Before the flat rate, few minutes mean that somebody may leave. With it everybody calls longer, and so does whoever leaves: what a model
 * learned before is wrong afterwards.
 */

/** How much longer people call with the flat rate. */
const FLAT_RATE_MINUTES = 60;

export const COLUMNS = ["minutes", "complaints", "plan", "churn"];

/**
 * @typedef {{ readonly minutes: number, readonly complaints: number, readonly plan: string, readonly churn: "yes" | "no" }} Customer
 * @param {{ count: number, seed: number, flatRate: boolean }} wish @returns {readonly Customer[]}
 */
export function customers({ count, seed, flatRate }) {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const shift = flatRate ? FLAT_RATE_MINUTES : 0;
    const minutes = Math.round(60 + 80 * random() + shift);
    const complaints = Math.floor(6 * random());
    const plan = random() < 0.5 ? "gold" : "basic";
    const unhappy = (100 + shift - minutes) / 20 + (complaints - 2.5) * 0.9 + (random() - 0.5);
    return { minutes, complaints, plan, churn: unhappy > 0 ? "yes" : "no" };
  });
}

/** Numbers from 0 to 1 that only look random. @param {number} seed */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
