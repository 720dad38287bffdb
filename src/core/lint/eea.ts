/** The countries of the European Economic Area as two letters (ISO 3166; Greece also as EL, as the EU writes it). */
const EEA = new Set("AT BE BG HR CY CZ DK EE FI FR DE GR EL HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split(" "));

/** Words that stand for the whole area. */
const AREA = /^(?:eu|eea|ewr|eee|european union|european economic area)$/i;

/** Common ways to write countries that have no two letters; all others count as unknown, and unknown is never wrong. */
const NAMES: Readonly<Record<string, string>> = {
  usa: "US",
  "united states": "US",
  "united states of america": "US",
  uk: "GB",
  "united kingdom": "GB",
  "great britain": "GB",
  switzerland: "CH",
  india: "IN",
  china: "CN",
  japan: "JP",
  canada: "CA",
  israel: "IL",
  brazil: "BR",
  australia: "AU",
  singapore: "SG",
  ukraine: "UA",
  russia: "RU",
  turkey: "TR",
};

/** Whether a country, written as two letters, or the area as a whole is certainly inside the EEA. */
export function isInEea(written: string): boolean {
  const plain = written.trim();
  return EEA.has(plain.toUpperCase()) || AREA.test(plain);
}

/** The two letters of a country outside the EEA; null for one inside, and for what is not known to be a country. */
export function countryOutsideEea(written: string): string | null {
  const plain = written.trim();
  const name = plain.toLowerCase();
  if (Object.hasOwn(NAMES, name)) {
    return NAMES[name] ?? null;
  }
  const code = plain.toUpperCase();
  return /^[A-Z]{2}$/.test(code) && !EEA.has(code) && !AREA.test(plain) ? code : null;
}
