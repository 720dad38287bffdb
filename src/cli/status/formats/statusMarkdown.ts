import { stopped } from "../../../core/base/stopped";
import { sayDate } from "../../../core/config/dates";
import type { Light, ProductHealth } from "../../../core/health/productHealth";
import { localDay } from "../../localDay";
import { markdownRow as row, markdownText as escaped } from "../../markdownText";
import { LIGHT_WORDS, sayCost, sayLights, type StatusReport, worstLight } from "../statusReport";
import { sayEvents } from "./sayEvents";
import { waitsOf } from "./waitsOf";

const SIGNS: Readonly<Record<Light, string>> = { good: "✅", attention: "⚠️", trouble: "❌", unknown: "❔" };
/** GitHub takes a summary of a megabyte; nobody reads as much. */
const MOST_ROWS = 500;
const MOST_LINES = 100;

/** A page for people, fit for a chat, a mail or `$GITHUB_STEP_SUMMARY`. With `since` it is a digest of what happened. */
export function statusMarkdown(report: StatusReport): string {
  const { at, since, products } = report;
  const until = sayDate(localDay(at));
  const title = since === null ? `Models on ${until}` : `Models from ${sayDate(localDay(since))} to ${until}`;
  return [
    `## ${title}`,
    "",
    sayLights(products),
    "",
    ...table(products),
    ...section("In trouble", products.flatMap(troubles)),
    ...section(
      "What waits for whom",
      waitsOf(products, (name) => `**${escaped(name)}**`, escaped),
    ),
    ...(since === null
      ? []
      : section(
          "What happened",
          products.flatMap((product) => happened(product, since)),
          "Nothing that anybody wrote down.",
        )),
    ...section("Effort", effort(products)),
    ...section("Odd ones out", oddOnes(report)),
    ...section(
      "Could not be read",
      report.problems.map((problem) => escaped(problem)),
    ),
  ].join("\n");
}

function section(title: string, lines: readonly string[], otherwise: string | null = null): readonly string[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `- ${line}`);
  const more = lines.length - shown.length;
  return lines.length === 0 && otherwise === null
    ? []
    : [`### ${title}`, "", ...(lines.length === 0 ? [otherwise ?? ""] : shown), ...(more > 0 ? [`- … and ${more} more`] : []), ""];
}

function table(products: readonly ProductHealth[]): readonly string[] {
  if (products.length === 0) {
    return [];
  }
  const head = ["model", "stage", "version", "effort", "cost", "knowledge", "responsibility", "compliance", "owner", "this month"];
  const more = products.length - MOST_ROWS;
  return [
    row(head),
    row(head.map(() => "---")),
    ...products.slice(0, MOST_ROWS).map((product) => {
      const { name, stage, version, owner, challenges } = product;
      const lights = challenges.map(({ light }) => `${SIGNS[light]} ${LIGHT_WORDS[light]}`);
      return row([
        escaped(name),
        stage,
        escaped(version?.version ?? "–"),
        ...lights,
        escaped(owner ?? "–"),
        escaped(sayCost(product) || "–"),
      ]);
    }),
    ...(more > 0 ? ["", `… and ${more} more.`] : []),
    "",
  ];
}

function troubles(product: ProductHealth): readonly string[] {
  return worstLight(product) === "trouble"
    ? product.challenges
        .filter(({ light }) => light === "trouble")
        .map(
          ({ challenge, reason, action }) =>
            `**${escaped(product.name)}**, ${challenge}: ${escaped(reason)}${action === null ? "" : ` ${escaped(stopped(action.label))}`}`,
        )
    : [];
}

function happened({ name, events }: ProductHealth, since: number): readonly string[] {
  const recent = events.filter(({ at }) => at >= since);
  return recent.length === 0 ? [] : [`**${escaped(name)}**: ${escaped(sayEvents(recent))}`];
}

/** The month's hours of all products together, which is what the article's own sum is about. */
function effort(products: readonly ProductHealth[]): readonly string[] {
  const known = products.flatMap(({ effort: one }) => one ?? []);
  if (known.length === 0) {
    return [];
  }
  const sum = (pick: (one: (typeof known)[number]) => number): number => known.reduce((total, one) => total + pick(one), 0);
  const [manual, automated, hours, before] = [
    sum((one) => one.manual),
    sum((one) => one.automated),
    sum((one) => one.hours),
    sum((one) => one.before.hours),
  ];
  const share = manual + automated === 0 ? "" : ` ${Math.round((100 * automated) / (manual + automated))} % was automated.`;
  const minutes = [...new Set(known.map(({ minutesPerAction }) => minutesPerAction))].join(" or ");
  return [
    `${manual} actions by hand in the last 30 days took ${hours.toFixed(1)} h at ${minutes} minutes each; ${before.toFixed(1)} h in the 30 days before.${share}`,
  ];
}

function oddOnes({ stack }: StatusReport): readonly string[] {
  return stack.flatMap(({ kind, majority, odd }) =>
    odd.length === 0 || majority === null
      ? []
      : [`${kind} is ${escaped(majority)}, but ${odd.map(({ product, value }) => `${escaped(value)} in ${escaped(product)}`).join(", ")}`],
  );
}
