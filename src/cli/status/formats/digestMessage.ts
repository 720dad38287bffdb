import { waitsOf } from "./waitsOf";
import { sayLights, type StatusReport, worstLight } from "../statusReport";
import { sayEvents } from "./sayEvents";

/** Slack refuses a message with more as a whole. */
const LONGEST_SECTION = 2900;

/** The digest as Slack and all that reads its format take it. */
export function digestMessage(report: StatusReport): object {
  const { products, since } = report;
  const trouble = products
    .filter((product) => worstLight(product) === "trouble")
    .flatMap(({ name, challenges }) =>
      challenges.filter(({ light }) => light === "trouble").map(({ challenge, reason }) => `• ${name}, ${challenge}: ${reason}`),
    );
  const happened =
    since === null
      ? []
      : products.flatMap(({ name, events }) => {
          const recent = events.filter(({ at }) => at >= since);
          return recent.length === 0 ? [] : [`• ${name}: ${sayEvents(recent)}`];
        });
  return {
    text: escapeMarkup(sayLights(products)),
    blocks: [
      ...section("Models", [sayLights(products)]),
      ...section("In trouble", trouble),
      ...section(
        "What waits for whom",
        waitsOf(
          products,
          (name) => `• ${name}`,
          (text) => text,
        ),
      ),
      ...section("What happened", happened),
    ],
  };
}

function section(title: string, lines: readonly string[]): readonly object[] {
  const text = escapeMarkup([`${title}:`, ...lines].join("\n"));
  const cut = text.length <= LONGEST_SECTION ? text : `${text.slice(0, LONGEST_SECTION).replace(/\n[^\n]*$/, "")}\n…`;
  return lines.length === 0 ? [] : [{ type: "section", text: { type: "mrkdwn", text: cut, verbatim: true } }];
}

/** Names come from data: none may mention people or make a link. */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
