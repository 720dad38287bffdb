/** Four-digit years end here. */
const LAST_TIME = Date.UTC(9998, 0, 1);

/** A month of the user's calendar. */
export interface Month {
  /** YYYY-MM. */
  readonly month: string;
  /** Milliseconds since 1970: its first moment, and that of the next one. */
  readonly from: number;
  readonly to: number;
}

/** The part of a time that lies in one month. */
export interface MonthPart {
  /** YYYY-MM. */
  readonly month: string;
  readonly ms: number;
}

/** Which month a time is in, in one time zone. Months that were asked for are remembered, because 100,000 runs ask. */
export class MonthClock {
  private readonly known: Month[] = [];
  private last: Month | undefined;
  private readonly format: Intl.DateTimeFormat;

  /** @param timeZone such as "Europe/Berlin". @throws RangeError for one that nobody knows. */
  constructor(readonly timeZone: string) {
    this.format = new Intl.DateTimeFormat("en-CA", {
      ...{ timeZone, calendar: "iso8601", numberingSystem: "latn", hourCycle: "h23" },
      ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" },
    });
  }

  /** @param time milliseconds since 1970. */
  monthOf(time: number): Month {
    const holds = (month: Month | undefined): month is Month => month !== undefined && time >= month.from && time < month.to;
    if (holds(this.last)) {
      return this.last;
    }
    let found = this.known.find(holds);
    if (found === undefined) {
      const { year, month } = this.partsOf(time);
      found = {
        month: `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`,
        from: this.startOf(year, month),
        to: month === 12 ? this.startOf(year + 1, 1) : this.startOf(year, month + 1),
      };
      this.known.push(found);
    }
    this.last = found;
    return found;
  }

  /** Cuts a time into the parts that lie in each month. Their lengths add up to the whole. */
  split(from: number, to: number): readonly MonthPart[] {
    const parts: MonthPart[] = [];
    for (let at = from; at < to;) {
      const month = this.monthOf(at);
      const end = Math.min(to, month.to);
      parts.push({ month: month.month, ms: end - at });
      at = end;
    }
    return parts;
  }

  /** The first moment of a month: midnight in the zone, or what comes next where clocks leave midnight out. */
  private startOf(year: number, month: number): number {
    const wall = Date.UTC(year, month - 1, 1);
    // Two looks: the first offset may be that of the other side of a change of the clocks.
    const guess = wall - this.offsetAt(wall);
    const start = wall - this.offsetAt(guess);
    return this.partsOf(start).month === month ? start : Math.max(start, guess);
  }

  private offsetAt(time: number): number {
    const { year, month, day, second } = this.partsOf(time);
    return Date.UTC(year, month - 1, day) + second * 1000 - Math.floor(time / 1000) * 1000;
  }

  private partsOf(time: number): { year: number; month: number; day: number; second: number } {
    // What is outside of the calendar counts as its edge.
    const safe = Math.min(Math.max(time, 0), LAST_TIME);
    const parts = Object.fromEntries(this.format.formatToParts(safe).map(({ type, value }) => [type, Number(value)]));
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return { year, month, day, second: (hour * 60 + minute) * 60 + second };
  }
}
